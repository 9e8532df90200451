import type { ParsedFile } from "./parse-file";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
// What the framework reads from a route besides its methods.
const ROUTE_SETTINGS = new Set(["dynamic", "runtime", "revalidate", "maxDuration", "fetchCache"]);

/** Each door is made by its one maker, which knows who asks, parses, calls and answers. */
export function checkDoors(files: ParsedFile[], routesOfTheirOwn: Record<string, string>): string[] {
  const actions = files.filter((file) => /^app\/actions\/.*\.tsx?$/.test(file.path) && !isTest(file));
  const routes = files.filter((file) => /^app\/(.*\/)?route\.tsx?$/.test(file.path));
  const known = new Set(routes.map((file) => file.path));
  return [
    ...actions.flatMap(checkActions),
    ...routes.flatMap((file) => checkRoute(file, routesOfTheirOwn)),
    ...Object.keys(routesOfTheirOwn)
      .filter((path) => !known.has(path))
      .map((path) => `${path}: listed as an exception, but no route any more`),
  ];
}

function isTest(file: ParsedFile): boolean {
  return /\.test\.tsx?$/.test(file.path);
}

function checkActions(file: ParsedFile): string[] {
  const problems = file.text.startsWith('"use server"')
    ? []
    : [`${file.path}: does not begin with "use server"`];
  for (const { name, isType, madeBy } of file.exports) {
    if (!isType && madeBy !== "defineAction")
      problems.push(`${file.path}: ${name} is not made by defineAction`);
  }
  return problems;
}

function checkRoute(file: ParsedFile, routesOfTheirOwn: Record<string, string>): string[] {
  const made = file.exports.filter(({ name, isType }) => !isType && !ROUTE_SETTINGS.has(name));
  const strange = made.filter(({ name, madeBy }) => !METHODS.has(name) || madeBy !== "defineRoute");
  if (routesOfTheirOwn[file.path]) {
    return strange.length
      ? []
      : [`${file.path}: made by defineRoute, so remove it from the list of exceptions`];
  }
  return strange.map(({ name }) => `${file.path}: ${name} is not made by defineRoute`);
}
