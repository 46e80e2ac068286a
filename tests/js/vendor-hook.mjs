import { readFileSync } from "node:fs";

const STATIC = new URL("../../static/", import.meta.url).href;
const MAP = JSON.parse(readFileSync(new URL("vendor/importmap.json", STATIC), "utf8"));

export function resolve(specifier, context, next) {
  if (Object.hasOwn(MAP, specifier)) return { url: STATIC + "vendor/" + MAP[specifier], format: "module", shortCircuit: true };
  return next(specifier, context);
}

// There is no package.json beside static/js, and none is needed: a browser is told by type="module".
export function load(url, context, next) {
  return next(url, url.startsWith(STATIC) ? { ...context, format: "module" } : context);
}
