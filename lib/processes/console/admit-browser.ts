import { openClusterConnection } from "@/lib/clusters/connect-cluster";
import type { ConsoleTarget } from "@/lib/adapters/kubevirt/console-stream";
import type { ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { locateWatched } from "@/lib/console/locate-watched";
import { openConsole, type OpenedConsole } from "@/lib/console/open-console";
import type { Context, Person } from "@/lib/core/context";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { ConsoleSession } from "./console-session";
import { identifyCaller, type Credential } from "./identify-caller";
import type { OpenSessions } from "./open-sessions";
import type { Recordings } from "./recording/keep-recordings";
import type { FromRelay, ToRelay } from "./relay-messages";

/** What belongs to one console process. */
export interface House {
  sessions: OpenSessions;
  recordings: Recordings;
  /** The credentials the relay has been told. */
  clusters: Map<string, ClusterConnection>;
  proxyId: string;
  tell: (message: ToRelay) => void;
}

type Question = Extract<FromRelay, { kind: "asked" }>;
type PersonContext = Context & { actor: Person };

/** Who is it, is there room, may they; then the token is spent and the session begins. */
export async function admitBrowser(question: Question, house: House): Promise<void> {
  const { id, asked, caller } = question;
  try {
    const ctx = await identify(asked.credential, caller);
    if (ctx === null) return house.tell({ kind: "refuse", id, status: 401, code: "UNAUTHORIZED" });
    const elsewhere = asked.isForwarded ? null : await locateWatched(asked, house.proxyId);
    if (elsewhere !== null) return house.tell({ kind: "forward", id, address: elsewhere });
    if (!house.sessions.takePlace(ctx.actor.id)) return house.tell({ kind: "turnAway", id, ending: "busy" });
    await admit(question, house, ctx);
  } catch (error) {
    if (isInUse(error)) house.tell({ kind: "turnAway", id, ending: "in_use" });
    else house.tell({ kind: "refuse", id, ...refusalOf(error) });
  }
}

async function identify(credential: Credential, caller: Question["caller"]): Promise<PersonContext | null> {
  const { requestId, ...from } = caller;
  const ctx: Context = {
    actor: { kind: "anonymous" },
    requestId: requestId ?? newId(),
    now: new Date(),
    ...from,
  };
  const person = await identifyCaller(ctx, credential);
  return person === null ? null : { ...ctx, actor: person };
}

async function admit({ id, asked }: Question, house: House, ctx: PersonContext): Promise<void> {
  const { sessions, proxyId, tell } = house;
  const { token, vmId, consoleType, credential } = asked;
  const opened = await openConsole(ctx, { token, vmId, consoleType, proxyId }).catch((error: unknown) => {
    sessions.freePlace(ctx.actor.id);
    throw error;
  });
  const session = new ConsoleSession({
    ctx,
    credential,
    opened,
    cut: (ending) => tell({ kind: "end", id, ending }),
  });
  sessions.add(id, session);
  const { jti, mode, recording } = opened;
  logger("console").info({ jti, vmId, consoleType, mode, userId: ctx.actor.id }, "opened");
  if (opened.watched !== null) return watch(id, house, { opened, watchedJti: opened.watched.jti });
  const isIntroduced = await introduceCluster(opened, house);
  // The token is spent, so the session has begun, and ends with its reason.
  if (!isIntroduced) return tell({ kind: "end", id, ending: "cluster_lost" });
  if (recording !== null) house.recordings.begin(recording.id);
  tell({ kind: "admit", id, clusterId: opened.vm.clusterId, target: targetOf(opened), recording });
}

/** Nobody new comes to the cluster: whoever watches joins what the other one's session shows. */
function watch(
  id: number,
  { sessions, tell }: House,
  { opened, watchedJti }: { opened: OpenedConsole; watchedJti: string },
): void {
  const watchedId = sessions.idOf(watchedJti);
  // It was over, or elsewhere, before this one could join it.
  if (watchedId === undefined) tell({ kind: "end", id, ending: "watch_ended" });
  else tell({ kind: "watch", id, watchedId, consoleType: opened.consoleType });
}

function targetOf({ vm, consoleType, dropsOthers }: OpenedConsole): ConsoleTarget {
  const { namespace, name } = vm;
  return { namespace, name, kind: consoleType, preserveSession: !dropsOthers };
}

/** The relay is told a cluster's credential when it first needs it and when it changes; false when there is none. */
async function introduceCluster({ vm, jti }: OpenedConsole, { clusters, tell }: House): Promise<boolean> {
  try {
    const connection = await openClusterConnection(vm.clusterId);
    if (clusters.get(vm.clusterId) === connection) return true;
    clusters.set(vm.clusterId, connection);
    tell({ kind: "cluster", clusterId: vm.clusterId, connection });
    return true;
  } catch (error) {
    logger("console").error({ err: error, jti, cluster: vm.clusterName }, "no credential for the cluster");
    return false;
  }
}

/** A page cannot read why a socket was refused, and this it must know: it offers to watch, to ask or to take over. */
function isInUse(error: unknown): boolean {
  return error instanceof AppError && error.code === "CONSOLE_IN_USE";
}

function refusalOf(error: unknown): { status: number; code: string } {
  if (error instanceof AppError) return { status: error.status, code: error.code };
  if (isDatabaseUnavailable(error)) return { status: 503, code: "DATABASE_UNAVAILABLE" };
  logger("console").error({ err: error }, "an upgrade failed");
  return { status: 500, code: "INTERNAL_ERROR" };
}
