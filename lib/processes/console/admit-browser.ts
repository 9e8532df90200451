import { openClusterConnection } from "@/lib/clusters/connect-cluster";
import type { ConsoleTarget } from "@/lib/adapters/kubevirt/console-stream";
import { openConsole, type OpenedConsole } from "@/lib/console/open-console";
import type { Context, Person } from "@/lib/core/context";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { checkSession } from "@/lib/identity/check-session";
import { ConsoleSession } from "./console-session";
import type { OpenSessions } from "./open-sessions";
import type { FromRelay, ToRelay } from "./relay-messages";

interface House {
  sessions: OpenSessions;
  proxyId: string;
  tell: (message: ToRelay) => void;
}

type Question = Extract<FromRelay, { kind: "asked" }>;
type PersonContext = Context & { actor: Person };

/** Who is it, is there room, may they; then the token is spent and the session begins. */
export async function admitBrowser(question: Question, house: House): Promise<void> {
  const { id, asked, caller } = question;
  try {
    const ctx = await identify(asked.sessionCookie, caller);
    if (ctx === null) return house.tell({ kind: "refuse", id, status: 401, code: "UNAUTHORIZED" });
    if (!house.sessions.takePlace(ctx.actor.id)) return house.tell({ kind: "turnAway", id });
    await admit(question, house, ctx);
  } catch (error) {
    house.tell({ kind: "refuse", id, ...refusalOf(error) });
  }
}

async function identify(cookie: string, caller: Question["caller"]): Promise<PersonContext | null> {
  const { requestId, ...from } = caller;
  const ctx: Context = {
    actor: { kind: "anonymous" },
    requestId: requestId ?? newId(),
    now: new Date(),
    ...from,
  };
  const person = await checkSession(ctx, cookie);
  return person === null ? null : { ...ctx, actor: person };
}

async function admit(
  { id, asked }: Question,
  { sessions, proxyId, tell }: House,
  ctx: PersonContext,
): Promise<void> {
  const { token, vmId, consoleType, sessionCookie: cookie } = asked;
  const opened = await openConsole(ctx, { token, vmId, consoleType, proxyId }).catch((error: unknown) => {
    sessions.freePlace(ctx.actor.id);
    throw error;
  });
  const session = new ConsoleSession({
    ctx,
    cookie,
    opened,
    cut: (ending) => tell({ kind: "end", id, ending }),
  });
  sessions.add(id, session);
  logger("console").info({ jti: opened.jti, vmId, consoleType, userId: ctx.actor.id }, "opened");
  tell({ kind: "admit", id, connection: await readConnection(opened), target: targetOf(opened) });
}

function targetOf({ vm, consoleType }: OpenedConsole): ConsoleTarget {
  return { namespace: vm.namespace, name: vm.name, kind: consoleType };
}

/** Null when the cluster's credential cannot be had; the session has begun and ends with that reason. */
function readConnection({ vm, jti }: OpenedConsole) {
  return openClusterConnection(vm.clusterId).catch((error: unknown) => {
    logger("console").error({ err: error, jti, cluster: vm.clusterName }, "no credential for the cluster");
    return null;
  });
}

function refusalOf(error: unknown): { status: number; code: string } {
  if (error instanceof AppError) return { status: error.status, code: error.code };
  if (isDatabaseUnavailable(error)) return { status: 503, code: "DATABASE_UNAVAILABLE" };
  logger("console").error({ err: error }, "an upgrade failed");
  return { status: 500, code: "INTERNAL_ERROR" };
}
