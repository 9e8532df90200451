import { z } from "zod";
import { problemSchema, toJsonSchema, wirePageSchema } from "./json-schema";
import { isPage, type Contract, type Route } from "./define-route";
import { shapeOf, type Schema } from "./look-inside";
import { snakeCase } from "./wire-case";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export interface Operation {
  method: (typeof methods)[number];
  /** With the parts in braces, as OpenAPI writes them. */
  path: string;
  contract: Contract;
}

/** Modules of routes by their file, as the bundler finds them: no list to keep. */
export type RouteModules = Record<string, () => Promise<unknown>>;

/** Every operation of the API, read from the routes themselves. */
export async function listOperations(modules: RouteModules): Promise<Operation[]> {
  const files = Object.keys(modules)
    .filter((file) => !file.includes("[..."))
    .sort();
  const operations = await Promise.all(files.map((file) => readModule(file, modules)));
  return operations.flat();
}

async function readModule(file: string, modules: RouteModules): Promise<Operation[]> {
  const loaded: unknown = await modules[file]?.();
  const path = pathOf(file);
  return methods.flatMap((method) => {
    const route: unknown =
      loaded !== null && typeof loaded === "object" ? Reflect.get(loaded, method) : undefined;
    return isRoute(route) ? [{ method, path, contract: route.contract }] : [];
  });
}

function isRoute(value: unknown): value is Route {
  return typeof value === "function" && "contract" in value;
}

/** …/app/api/v1/systems/[id]/route.ts → /api/v1/systems/{id} */
export function pathOf(file: string): string {
  const path = file.slice(file.indexOf("/api/v1/"), file.lastIndexOf("/route."));
  return path.replaceAll("[", "{").replaceAll("]", "}");
}

/** The API as an OpenAPI 3.1 document. */
export function describeApi(operations: readonly Operation[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operation),
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Shepherd",
      version: "1",
      description:
        "Whatever a page of the portal does, this API does too: the same use case, permission, record and error code. " +
        "Programs send an API token as `Authorization: Bearer`; or sign in at `POST /api/v1/auth/login` and send the " +
        "cookie it sets with every call.",
    },
    servers: [{ url: "/" }],
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "session_id" },
        token: { type: "http", scheme: "bearer", bearerFormat: "shp_…" },
      },
      schemas: { Problem: problemSchema },
      responses: {
        Problem: {
          description: "Refused; `code` says why.",
          content: jsonOf({ $ref: "#/components/schemas/Problem" }),
        },
      },
    },
  };
}

function describe({ method, path, contract }: Operation): object {
  const { summary, description, permission, access, params, query, body, output } = contract;
  const status = String(contract.status ?? (output === undefined ? 204 : 200));
  const notes = [description, permission && `Permission: ${permission}.`].filter(Boolean).join("\n\n");
  return {
    operationId: operationId(method, path),
    summary,
    ...(notes ? { description: notes } : {}),
    tags: [tagOf(path)],
    ...(access === "anyone" ? { security: [] } : {}),
    parameters: [
      ...parametersOf("path", params),
      ...parametersOf("query", query),
      ...keyParameter(method, access),
    ],
    ...(body ? { requestBody: { required: true, content: jsonOf(toJsonSchema(body, "input")) } } : {}),
    responses: {
      [status]: { description: "Done.", ...(output ? { content: jsonOf(outputSchema(output)) } : {}) },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function outputSchema(output: z.ZodType): object {
  const items = shapeOf(output)["items"];
  return isPage(output) && items ? wirePageSchema(items) : toJsonSchema(output, "output");
}

function jsonOf(schema: object) {
  return { "application/json": { schema } };
}

function parametersOf(place: "path" | "query", schema: Schema | undefined) {
  if (schema === undefined) return [];
  return Object.entries(shapeOf(schema)).map(([name, member]) => ({
    name: place === "path" ? name : snakeCase(name),
    in: place,
    required: place === "path" || !z.safeParse(member, undefined).success,
    schema: toJsonSchema(member, "input"),
  }));
}

function keyParameter(method: string, access: Contract["access"]) {
  if (method !== "POST" || access === "anyone") return [];
  const description = "Send the same key again and the first answer is given again, for the same body.";
  return [
    {
      name: "Idempotency-Key",
      in: "header",
      required: false,
      description,
      schema: { type: "string", maxLength: 255 },
    },
  ];
}

export function tagOf(path: string): string {
  const [, , , first = "", second = ""] = path.split("/");
  return first === "admin" ? `admin/${second}` : first;
}

function operationId(method: string, path: string): string {
  const words = path.replace("/api/v1/", "").split(/[^A-Za-z0-9]+/);
  return [method.toLowerCase(), ...words.filter(Boolean)].join("_").replaceAll("-", "_");
}
