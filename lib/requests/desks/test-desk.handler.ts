import { z } from "zod";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { isOutsideFailure } from "@/lib/core/outside-failure";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { connectDesk } from "./connect-desk";
import { renderTestQuestion } from "./render-question";
import { findDesk, recordDelivery } from "./store";

const asked = z.object({ deskId: z.string() });
/** Whoever asks gives up after ten seconds; the answer must be there before, and some walls make four calls. */
const wholeSeconds = 8;

/** Tries the connection with a question that needs no decision. */
export async function testDeskHandler({ questionId }: { questionId: string }): Promise<void> {
  const question = await readQuestion(questionId);
  if (question === null) return;
  const desk = await findDesk(db(), asked.parse(question).deskId);
  const calls = desk.settings.type === "webhook" ? 1 : 4;
  const limits = { timeoutSeconds: Math.min(desk.timeoutSeconds, wholeSeconds / calls) };
  const connected = await connectDesk(desk, limits);
  const said = await connected.desk.test(renderTestQuestion(desk.id, newId())).then(
    (text) => ({ ok: true, message: text }),
    (error: unknown) => {
      if (isOutsideFailure(error)) return { ok: false, message: error.message };
      throw error;
    },
  );
  const exchange = connected.exchange();
  await recordDelivery(db(), {
    ...{ deskId: desk.id, requestId: null, ticketId: null, kind: "test" },
    outcome: said.ok ? "delivered" : "failed",
    ...exchange,
  });
  const { statusCode, durationMs } = exchange;
  const message = said.message.slice(0, 500).toWellFormed().replaceAll("\0", "");
  await answerQuestion(questionId, { answer: { ok: said.ok, message, statusCode, durationMs } });
}
