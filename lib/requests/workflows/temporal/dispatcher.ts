import type { Dispatcher } from "../dispatcher";
import { readStanding } from "../read-standing";
import { advance } from "../rules";
import { runSteps } from "../run-steps";
import { foresee, listOpenWords, writeWord } from "./store";

/**
 * The order and the time limits are led by a workflow in Temporal; every word and what came of it stays in PostgreSQL. A word
 * is written with the caller's transaction and sent afterwards, so that none is lost while Temporal is away. Whether it counts
 * is known at once: what was said before is foreseen by the same engine.
 */
export const temporal: Dispatcher = {
  name: "temporal",
  submit: async (tx, ctx, ticket) => {
    await writeWord(tx, ctx, { ticketId: ticket.id, happening: { kind: "begin" } });
    return "pending";
  },
  signal: async (tx, ctx, { ticket, happening, saidAs }) => {
    // The workflow keeps the time itself.
    if (happening.kind === "expire") return null;
    const { commands } = advance(await foresee(tx, ticket.id), happening);
    if (commands.length === 0) return null;
    await writeWord(tx, ctx, { ticketId: ticket.id, happening, saidAs });
    return "pending";
  },
  cancel: async (tx, ctx, { ticket, reason }) => {
    await runSteps(tx, ctx, { ticket, happening: { kind: "withdraw", reason } });
    await writeWord(tx, null, { ticketId: ticket.id, happening: null });
  },
  getStatus: async (tx, ticketId) => {
    const standing = await readStanding(tx, ticketId);
    if (standing !== "waiting") return standing;
    return (await listOpenWords(tx, ticketId)).length > 0 ? "pending" : "waiting";
  },
  retime: (tx, ticketId) => writeWord(tx, null, { ticketId, happening: null }),
};
