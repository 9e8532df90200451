import fs from "node:fs";
import { z } from "zod";
import type { RawRequest } from "./send-raw";

const manifestFile = ".next/server/server-reference-manifest.json";
const manifest = z.object({ node: z.record(z.string(), z.unknown()) });

/** The ids of the portal's own actions, as the build knows them; anybody may read them in its scripts. */
function readActionIds(): string[] {
  return Object.keys(manifest.parse(JSON.parse(fs.readFileSync(manifestFile, "utf8"))).node);
}

const forged = [
  "0".repeat(40),
  "7f" + "a".repeat(40),
  "$F1",
  "../../etc/passwd",
  "__proto__",
  "x",
  "",
  "%00",
  "1,2",
];

/** Where something could take a page's write: pages, what is none, and everything that only looks like an API. */
const places = [
  ...[
    "/",
    "/systems",
    "/login",
    "/change-password",
    "/mfa",
    "/set-password",
    "/profile",
    "/nowhere",
    "/_not-found",
  ],
  ...[
    "/api",
    "/api/",
    "/api/docs",
    "/api/docs?x",
    "/api/nowhere",
    "/api/v1",
    "/api/v1/",
    "/api/auth",
    "/api/auth/",
  ],
  ...[
    "/api/v1/nowhere",
    "/api/v1/systems",
    "/api/health",
    "/api/health/live",
    "/api/metrics",
    "/api/stream",
    "/API/docs",
  ],
  ...[
    "//api/docs",
    "/api//docs",
    "/api/./docs",
    "/api/x/../docs",
    "/api/%64ocs",
    "/api/docs/",
    "/api/docs%2f",
    "/api/docs;x",
  ],
  ...[
    "/api/..%2fsystems",
    "/api/%2e%2e/systems",
    "/api/v1/..%2f..%2fsystems",
    "/%61pi/docs",
    "/api%2fdocs",
    "/api\\docs",
  ],
  ...[
    "//x/api/v1/y",
    "http://localhost/api/docs",
    "/_next/data/x/api/docs.json",
    "/api/docs.rsc",
    "/_next/static/x",
  ],
];

const ownKey = (id: string) =>
  ["--x", `Content-Disposition: form-data; name="$ACTION_ID_${id}"`, "", "", "--x--", ""].join("\r\n");
const boundKey = ["--x", 'Content-Disposition: form-data; name="$ACTION_REF_1"', "", "", "--x--", ""].join(
  "\r\n",
);

/** Writes that a page's script or form would send, from somebody without a session. */
export function actionPosts(origin: string): RawRequest[] {
  const ids = readActionIds();
  const some = ids.filter((_id, at) => at % Math.ceil(ids.length / 4) === 0);
  const script = (path: string, id: string, more: Record<string, string> = {}): RawRequest => ({
    name: `an action ${id.slice(0, 12)} posted to ${path} ${JSON.stringify(more)}`,
    method: "POST",
    path,
    headers: {
      "next-action": id,
      "content-type": "text/plain;charset=UTF-8",
      accept: "text/x-component",
      ...more,
    },
    body: "[{}]",
  });
  const form = (path: string, body: string, name: string): RawRequest => ({
    name: `a form with ${name} posted to ${path}`,
    method: "POST",
    path,
    headers: { "content-type": "multipart/form-data; boundary=x", origin },
    body,
  });
  return [
    ...places.flatMap((path) => [...some, ...forged.slice(0, 3)].map((id) => script(path, id))),
    ...ids.filter((id) => !some.includes(id)).map((id) => script("/systems", id)),
    ...forged.slice(3).map((id) => script("/systems", id)),
    ...places.map((path) => form(path, ownKey(some[0] ?? ""), "an action's id")),
    ...places.map((path) => form(path, boundKey, "a bound action")),
    ...["x-action-forwarded", "x-action-redirect", "x-forwarded-host", "rsc"].flatMap((name) =>
      ["/systems", "/api/docs", "/api"].map((path) => script(path, some[0] ?? "", { [name]: "1" })),
    ),
    ...["PUT", "PATCH", "DELETE"].flatMap((method) =>
      ["/systems", "/login", "/api/docs", "/api"].map((path) => ({
        ...script(path, some[0] ?? ""),
        name: `an action by ${method} at ${path}`,
        method,
      })),
    ),
  ];
}
