import { request } from "node:https";
import type { IncomingHttpHeaders } from "node:http";
import type { Json, JsonObject } from "./json";
import { isObject, objectsAt, textAt } from "./json";
import type { KubevirtLab } from "./server";

export interface LabAnswer {
  code: number;
  headers: IncomingHttpHeaders;
  body: JsonObject;
  text: string;
}

export interface CallOptions {
  body?: Json | string;
  type?: string;
  token?: string;
  headers?: Record<string, string>;
}

/** One HTTPS request to the lab, checked against its own authority like any client's. */
export function callLab(
  lab: KubevirtLab,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<LabAnswer> {
  const { body, token = lab.token } = options;
  const payload = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    "user-agent": "lab-test/1.0",
    ...(payload !== undefined && {
      "content-type": options.type ?? "application/json",
      "content-length": String(Buffer.byteLength(payload)),
    }),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(path, lab.url),
      { method, headers, ca: lab.caPem, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({
            code: response.statusCode ?? 0,
            headers: response.headers,
            body: parseAnswer(text),
            text,
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}

function parseAnswer(text: string): JsonObject {
  if (!text.startsWith("{")) return {};
  const parsed: Json = JSON.parse(text);
  return isObject(parsed) ? parsed : {};
}

interface WatchEvent {
  type: string;
  object: JsonObject;
}

export interface LabWatch {
  events: WatchEvent[];
  /** Lines that are no JSON, as they came. */
  broken: string[];
  isOpen: boolean;
  waitFor(test: (event: WatchEvent) => boolean): Promise<WatchEvent>;
  waitForEnd(): Promise<void>;
  close(): void;
}

export function watchLab(lab: KubevirtLab, path: string): Promise<LabWatch> {
  const headers = { authorization: `Bearer ${lab.token}` };
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, lab.url), { headers, ca: lab.caPem, agent: false }, (response) => {
      let rest = "";
      const watch: LabWatch = {
        events: [],
        broken: [],
        isOpen: true,
        waitFor: (test) => until(`an event on ${path}`, () => watch.events.find(test)),
        waitForEnd: () =>
          until(`the end of ${path}`, () => (watch.isOpen ? undefined : true)).then(() => undefined),
        close: () => outgoing.destroy(),
      };
      response.on("data", (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) readLine(watch, line);
      });
      response.on("close", () => (watch.isOpen = false));
      response.on("error", () => (watch.isOpen = false));
      resolve(watch);
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}

function readLine(watch: LabWatch, line: string): void {
  try {
    const event: WatchEvent = JSON.parse(line);
    watch.events.push(event);
  } catch {
    watch.broken.push(line);
  }
}

/** Asks again every few milliseconds until there is an answer. */
export async function until<Found>(
  what: string,
  look: () => Found | undefined,
  patienceMs = 8000,
): Promise<Found> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${patienceMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const machinesPath = "/apis/kubevirt.io/v1/namespaces/default/virtualmachines";
export const actionsPath = "/apis/subresources.kubevirt.io/v1/namespaces/default";

export function machineManifest(
  name: string,
  change: { spec?: JsonObject; template?: JsonObject; domain?: JsonObject } = {},
): JsonObject {
  const domain = { cpu: { cores: 2 }, memory: { guest: "1Gi" }, devices: {}, ...change.domain };
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace: "default" },
    spec: { runStrategy: "Always", template: { spec: { domain, ...change.template } }, ...change.spec },
  };
}

/** A machine with a root disk that is imported first. */
export function importingManifest(
  name: string,
  url = "docker://registry.lab/debian:13",
  spec: JsonObject = {},
): JsonObject {
  return machineManifest(name, {
    domain: { devices: { disks: [{ name: "root", disk: { bus: "virtio" } }] } },
    template: { volumes: [{ name: "root", dataVolume: { name: `${name}-root` } }] },
    spec: {
      dataVolumeTemplates: [
        {
          metadata: { name: `${name}-root` },
          spec: { source: { registry: { url } }, storage: { resources: { requests: { storage: "10Gi" } } } },
        },
      ],
      ...spec,
    },
  });
}

export function applyMachine(
  lab: KubevirtLab,
  manifest: JsonObject,
  query = "fieldManager=tester",
): Promise<LabAnswer> {
  const name = textAt(manifest, "metadata", "name") ?? "";
  return callLab(lab, "PATCH", `${machinesPath}/${name}?${query}`, {
    body: manifest,
    type: "application/apply-patch+yaml",
  });
}

function printableStatusIn(lab: KubevirtLab, name: string): string | undefined {
  const vm = lab.control.objects("vm").find((one) => one.metadata.name === name);
  return textAt(vm?.status, "printableStatus");
}

export function waitForStatus(lab: KubevirtLab, name: string, status: string): Promise<true> {
  return until(`${name} to be ${status}`, () => (printableStatusIn(lab, name) === status ? true : undefined));
}

export function conditionIn(object: JsonObject, type: string): JsonObject | undefined {
  return objectsAt(object, "status", "conditions").find((condition) => condition["type"] === type);
}
