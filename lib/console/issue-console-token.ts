import { randomUUID } from "node:crypto";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { seal } from "@/lib/core/secrets";
import type { Tx } from "@/lib/core/transaction";
import { tokenSeconds, type ConsoleMode, type ConsoleType } from "./rules";
import type { TokenClaims } from "./schema";
import {
  hashUser,
  readConsoleVm,
  readSealingKey,
  recordedVm,
  requirePerson,
  tokenBinding,
  type ConsoleVm,
} from "./store";

export interface NewConsoleToken {
  vmId: string;
  consoleType: ConsoleType;
  /** The approval it rests on; null where policy asked nobody. */
  grant: { ticketId: string; endsAt: Date } | null;
  /** The rule by which nobody was asked. */
  rule?: string | null;
  mode?: ConsoleMode;
  /** Whoever is connected is cut off for it. */
  takesOver?: boolean;
  /** It rests on the right to oversee. */
  observes?: boolean;
}

export interface IssuedConsoleToken {
  /** Travels in a cookie only; the web process that issues it cannot open it. */
  token: string;
  jti: string;
  expiresAt: Date;
}

/** A step: the caller has asked for the permission and read the policy. One use, by this person in this session. */
export async function issueConsoleToken(
  tx: Tx,
  ctx: Context,
  asked: NewConsoleToken,
): Promise<IssuedConsoleToken> {
  const { vmId, consoleType, grant, rule = null, mode = "control", observes = false } = asked;
  const vm = await readConsoleVm(tx, vmId);
  const { jti, expiresAt } = await writeToken(tx, ctx, asked);
  const token = await sealToken(tx, ctx, vm, { jti, expiresAt });
  await recordAudit(tx, ctx, {
    action: "vnc.access",
    ...recordedVm(vm),
    details: {
      ...{ phase: "issued", jti, consoleType, mode },
      ...(asked.takesOver === true ? { takesOver: true } : {}),
      ...(observes ? { observes } : {}),
      ticketId: grant?.ticketId ?? null,
      policy: rule,
      expiresAt,
    },
  });
  return { token, jti, expiresAt };
}

async function writeToken(tx: Tx, ctx: Context, asked: NewConsoleToken) {
  const { vmId, consoleType, grant, mode = "control", takesOver = false, observes = false } = asked;
  const person = requirePerson(ctx);
  // Random throughout: the number is what the row is found by.
  const jti = randomUUID();
  const [row] = await tx.$queryRaw<{ expiresAt: Date }[]>`
    INSERT INTO vnc_access_tokens
      (id, jti, vm_id, user_id, session_id, user_hash, ticket_id, console_type, mode, takes_over, observes,
        grant_ends_at, expires_at)
    VALUES (${newId()}, ${jti}, ${vmId}, ${person.id}, ${person.sessionId}, ${hashUser(person.id)},
      ${grant?.ticketId ?? null}, ${consoleType}, ${mode}, ${takesOver}, ${observes},
      ${grant?.endsAt ?? null}::timestamptz,
      least(clock_timestamp() + make_interval(secs => ${tokenSeconds}), ${grant?.endsAt ?? null}::timestamptz))
    RETURNING expires_at AS "expiresAt"`;
  if (row === undefined) throw new Error("a console token was written without an answer");
  return { jti, expiresAt: row.expiresAt };
}

async function sealToken(
  tx: Tx,
  ctx: Context,
  vm: ConsoleVm,
  { jti, expiresAt }: { jti: string; expiresAt: Date },
): Promise<string> {
  const claims: TokenClaims = {
    sub: hashUser(requirePerson(ctx).id),
    vm_id: vm.id,
    cluster: vm.clusterId,
    namespace: vm.namespace,
    exp: Math.floor(expiresAt.getTime() / 1000),
    jti,
    single_use: true,
  };
  const sealed = seal(await readSealingKey(tx), JSON.stringify(claims), tokenBinding(vm.id));
  return Buffer.from(JSON.stringify(sealed)).toString("base64url");
}
