import type { Contract, Route } from "@/app/_http/define-route";
import type { RouteModules } from "@/app/_http/openapi";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

type Handler = (
  request: Request,
  path: { params: Promise<Record<string, string | string[]>> },
) => Promise<Response>;

/** One method of one route file. */
export interface Door {
  /** "GET /api/v1/systems/{id}" */
  name: string;
  method: Method;
  path: string;
  handler: Handler;
  /** What defineRoute was given; null for a route that is written by hand. */
  contract: Contract | null;
}

/** Every method of every route there is, from the file system. */
export async function listDoors(): Promise<Door[]> {
  const modules: RouteModules = import.meta.glob("../../../../app/api/**/route.ts");
  const doors = await Promise.all(Object.entries(modules).map(([file, load]) => readDoors(file, load)));
  return doors.flat().sort((one, other) => one.name.localeCompare(other.name));
}

async function readDoors(file: string, load: () => Promise<unknown>): Promise<Door[]> {
  const loaded = await load();
  const path = file
    .slice(file.indexOf("/api/"), file.lastIndexOf("/route."))
    .replaceAll("[", "{")
    .replaceAll("]", "}");
  return methods.flatMap((method) => {
    const handler: unknown =
      loaded !== null && typeof loaded === "object" ? Reflect.get(loaded, method) : undefined;
    if (!isHandler(handler)) return [];
    return [
      {
        name: `${method} ${path}`,
        method,
        path,
        handler,
        contract: isRoute(handler) ? handler.contract : null,
      },
    ];
  });
}

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}

function isRoute(value: Handler): value is Handler & Route {
  return "contract" in value;
}

/** The names in braces, in their order. */
export function parametersOf(path: string): string[] {
  return [...path.matchAll(/\{(?:\.\.\.)?(\w+)\}/g)].map(([, name = ""]) => name);
}
