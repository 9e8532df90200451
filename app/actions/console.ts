"use server";

import { cookies } from "next/headers";
import { consoleCookieOptions } from "@/app/_http/console-cookie";
import { defineAction } from "@/app/_http/define-action";
import { answerControl } from "@/lib/console/answer-control";
import { revokeConsole } from "@/lib/console/revoke-console";
import { bootstrapCookieName } from "@/lib/console/rules";
import {
  answerControlInput,
  askForControlInput,
  consoleAnswer,
  requestConsoleInput,
  revokeConsoleInput,
  type ConsoleAnswer,
  type RequestConsole,
} from "@/lib/console/schema";
import type { Context } from "@/lib/core/context";
import { askForControl } from "@/lib/requests/ask-for-control";
import { requestConsole } from "@/lib/requests/request-console";

export const requestConsoleAction = defineAction(requestConsoleInput, requestWithCookie, {
  refreshes: false,
});

/** The same, and the page is read again: it shows the ticket. */
export const askForConsoleAction = defineAction(requestConsoleInput, requestWithCookie);

export const askForControlAction = defineAction(askForControlInput, askForControl);

export const answerControlAction = defineAction(answerControlInput, answerControl);

export const revokeConsoleAction = defineAction(revokeConsoleInput, revokeConsole);

/** The token goes into the cookie, and only there. */
async function requestWithCookie(ctx: Context, input: RequestConsole): Promise<ConsoleAnswer> {
  const { token, ...answer } = await requestConsole(ctx, input);
  if (token !== null && answer.socketPath !== null) {
    (await cookies()).set(bootstrapCookieName, token, consoleCookieOptions(answer.socketPath));
  }
  return consoleAnswer.parse(answer);
}
