import type { RouteModules } from "./openapi";

interface GlobImport {
  glob(pattern: string): RouteModules;
}

/** All files of the API, found by the bundler: a new route is in the document without anybody listing it. */
export function apiRoutes(): RouteModules {
  return (import.meta as unknown as GlobImport).glob("../api/v1/**/route.ts");
}
