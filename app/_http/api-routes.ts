import type { RouteModules } from "./openapi";

declare global {
  interface ImportMeta {
    /** The bundler's: modules by file, each loaded when it is called. */
    glob(pattern: string): RouteModules;
  }
}

/** All files of the API, found by the bundler: a new route is in the document without anybody listing it. */
export function apiRoutes(): RouteModules {
  return import.meta.glob("../api/v1/**/route.ts");
}
