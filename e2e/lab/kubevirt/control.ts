import type { Answer, Call, User } from "./call";
import { ok, parseBody, parseObject } from "./call";
import type { Cluster } from "./cluster";
import { createAs, deleteObject, writeAs } from "./commit";
import { badRequest, noSuchPath, notFound } from "./failures";
import type { Fault, Faults } from "./faults";
import type { Imports } from "./imports";
import { upgradeKubevirt } from "./install-kubevirt";
import type { Json, JsonObject } from "./json";
import { isObject, textAt } from "./json";
import type { Kind } from "./kinds";
import { findKindByName, kinds } from "./kinds";
import type { Launches } from "./launches";
import type { LedgerEntry } from "./ledger";
import type { KubeObject, ObjectDraft } from "./objects";
import { asJson } from "./objects";
import { loadSchemas } from "./schema/schemas";
import { answerLaunchControl } from "./control-launches";
import { answerVolumeControl } from "./control-volumes";
import type { GuestWords } from "./guest-words";
import { answerGuestControl } from "./control-guests";
import type { LoadControl } from "./load/control-load";
import { answerLoadControl, createLoadControl } from "./load/control-load";
import type { Uploads } from "./upload/uploads";

const humanManager = "kubectl-edit";

/** What a test or a person at the lab may do that no client of a real cluster could. */
export interface LabControl {
  faults: Faults;
  /** How fast images are imported, and which fail. */
  imports: Imports;
  /** Which machines do not come up. */
  launches: Launches;
  /** What was sent to CDI's upload proxy, and how uploads go. */
  uploads: Uploads;
  /** What guests say of themselves, and whether the cluster measures them. */
  guestWords: GuestWords;
  load: LoadControl;
  ledger(): LedgerEntry[];
  clearLedger(): void;
  /** How often each verb met each resource, such as `"list virtualmachines": 3`. */
  requests(): Record<string, number>;
  objects(kindName: string): KubeObject[];
  /** Creates or replaces an object as somebody with kubectl would. */
  put(draft: ObjectDraft): KubeObject;
  edit(
    kindName: string,
    namespace: string | undefined,
    name: string,
    change: (object: KubeObject) => KubeObject,
  ): KubeObject;
  remove(kindName: string, namespace: string | undefined, name: string): void;
  dropWatches(): number;
  openWatches(): number;
  /** All bytes that left over HTTPS, encrypted as they were. */
  bytesSent(): number;
  /** Makes every revision up to now too old to read or watch from. */
  compact(): void;
  /** What the second token's user is refused, such as "create namespaces" or "virtualmachines/start". */
  restrict(denied: string[]): void;
  /** KubeVirt is upgraded, or taken back: its status, its version and its OpenAPI document follow. */
  setKubevirtVersion(version: string): Promise<void>;
}

export function createControl(cluster: Cluster, restrictedUser: User): LabControl {
  return {
    faults: cluster.faults,
    imports: cluster.imports,
    launches: cluster.launches,
    uploads: cluster.uploads,
    guestWords: cluster.guestWords,
    load: createLoadControl(cluster),
    ledger: () => cluster.ledger.entries(),
    clearLedger: () => cluster.ledger.clear(),
    requests: () => cluster.ledger.requests(),
    objects: (kindName) => cluster.store.list(requireKind(kindName)),
    put: (draft) => putDraft(cluster, draft),
    edit: (kindName, namespace, name, change) => {
      const kind = requireKind(kindName);
      const live = requireObject(cluster, kind, namespace, name);
      return writeAs(cluster, humanManager, live, change(structuredClone(live)));
    },
    remove: (kindName, namespace, name) => {
      const kind = requireKind(kindName);
      deleteObject(cluster, kind, requireObject(cluster, kind, namespace, name));
    },
    dropWatches: () => cluster.watches.dropAll(),
    openWatches: () => cluster.watches.count,
    bytesSent: () => cluster.bytesSent(),
    compact: () => cluster.store.compact(),
    restrict: (denied) => {
      restrictedUser.denied = denied;
    },
    setKubevirtVersion: async (version) => {
      cluster.schemas = await loadSchemas(version);
      cluster.kubevirtVersion = version;
      upgradeKubevirt(cluster);
    },
  };
}

function requireKind(name: string): Kind {
  const wanted = name.toLowerCase();
  const found = kinds.find((kind) =>
    [kind.kind.toLowerCase(), kind.plural, ...kind.shortNames].includes(wanted),
  );
  if (!found) throw new Error(`the lab serves no kind called ${name}`);
  return found;
}

function requireObject(
  cluster: Cluster,
  kind: Kind,
  namespace: string | undefined,
  name: string,
): KubeObject {
  const found = cluster.store.get(kind, namespace, name);
  if (!found) throw notFound({ resource: kind.plural, group: kind.group, name });
  return found;
}

function putDraft(cluster: Cluster, draft: ObjectDraft): KubeObject {
  const kind = findKindByName(draft.apiVersion, draft.kind);
  if (!kind) throw new Error(`the lab does not serve ${draft.apiVersion} ${draft.kind}`);
  const live = cluster.store.get(kind, draft.metadata.namespace, draft.metadata.name);
  if (!live) return createAs(cluster, humanManager, draft);
  const metadata = { ...live.metadata, ...draft.metadata };
  return writeAs(cluster, humanManager, live, { ...live, ...draft, metadata });
}

/** The same over HTTP, for a lab in another process. */
export function answerControl(control: LabControl, call: Call): Answer | Promise<Answer> {
  switch (`${call.method} ${call.path}`) {
    case "GET /lab/ledger":
      return ok({ entries: control.ledger().map((entry): Json => ({ ...entry })) });
    case "DELETE /lab/ledger":
      control.clearLedger();
      return ok({});
    case "GET /lab/requests":
      return ok({
        requests: control.requests(),
        openWatches: control.openWatches(),
        bytesSent: control.bytesSent(),
      });
    case "GET /lab/faults":
      return ok({ faults: control.faults.current().map((fault): Json => ({ ...fault })) });
    case "PUT /lab/faults":
      control.faults.set(...parseFaults(parseBody(call)));
      return ok({});
    case "DELETE /lab/faults":
      control.faults.clear();
      return ok({});
    case "POST /lab/watches/drop":
      return ok({ dropped: control.dropWatches() });
    case "POST /lab/compact":
      control.compact();
      return ok({});
    case "PUT /lab/objects":
      return ok(asJson(control.put(parseDraft(parseObject(call)))));
    case "DELETE /lab/objects": {
      const namespace = call.query.get("namespace") ?? undefined;
      control.remove(call.query.get("kind") ?? "", namespace, call.query.get("name") ?? "");
      return ok({});
    }
    case "PUT /lab/kubevirt": {
      const version = textAt(parseObject(call), "version");
      if (version === undefined || !/^v\d+\.\d+\.\d+/.test(version))
        throw badRequest("a version looks like v1.9.0");
      return control.setKubevirtVersion(version).then(() => ok({}));
    }
    case "PUT /lab/restrictions":
      control.restrict(parseRestrictions(parseBody(call)));
      return ok({});
    default:
      return (
        answerVolumeControl(control, call) ??
        answerLaunchControl(control.launches, call) ??
        answerGuestControl(control.guestWords, call) ??
        answerLoadControl(control.load, call) ??
        refusePath()
      );
  }
}

function refusePath(): never {
  throw noSuchPath();
}

const numbers = [
  "latencyMs",
  "status",
  "retryAfterSeconds",
  "percent",
  "rvBackwards",
  "refuse",
  "times",
] as const;
const switches = [
  "hang",
  "dropAnswer",
  "watchReset",
  "watchHalfOpen",
  "watch410",
  "corruptLine",
  "virtApiDown",
] as const;
const words = ["path", "method"] as const;

export function parseFaults(body: Json): Fault[] {
  return (Array.isArray(body) ? body : [body]).map((one) => {
    if (!isObject(one)) throw badRequest("a fault is an object");
    return parseFault(one);
  });
}

function parseFault(written: JsonObject): Fault {
  const fault: Fault = {};
  const isOneOf = <Name extends string>(list: readonly Name[], name: string): name is Name =>
    list.some((one) => one === name);
  for (const [name, value] of Object.entries(written)) {
    if (isOneOf(numbers, name) && typeof value === "number") fault[name] = value;
    else if (isOneOf(switches, name) && typeof value === "boolean") fault[name] = value;
    else if (isOneOf(words, name) && typeof value === "string") fault[name] = value;
    else throw badRequest(`${name}=${JSON.stringify(value)} is no fault`);
  }
  return fault;
}

function parseDraft(body: JsonObject): ObjectDraft {
  const { apiVersion, kind, metadata } = body;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || !isObject(metadata)) {
    throw badRequest("an object needs apiVersion, kind and metadata");
  }
  const { name } = metadata;
  if (typeof name !== "string") throw badRequest("an object needs metadata.name");
  return { ...body, apiVersion, kind, metadata: { ...metadata, name } };
}

function parseRestrictions(body: Json): string[] {
  if (!Array.isArray(body)) throw badRequest("restrictions are a list of rules");
  return body.map(String);
}
