// node --import ./register.mjs: bare specifiers come from static/vendor, as the page's import map says.

import * as module from "node:module";
import * as hooks from "./vendor-hook.mjs";

if (module.registerHooks) module.registerHooks(hooks);
else module.register("./vendor-hook.mjs", import.meta.url); // Node before 22.15
