// node --import ./register.mjs: bare specifiers come from static/vendor, as the page's import map says.

import { register } from "node:module";

register("./vendor-hook.mjs", import.meta.url);
