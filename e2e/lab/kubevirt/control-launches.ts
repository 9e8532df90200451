import type { Answer, Call } from "./call";
import { ok, parseObject } from "./call";
import { badRequest } from "./failures";
import type { JsonObject } from "./json";
import { objectsAt, textAt, valueAt } from "./json";
import type { LaunchFailure, Launches } from "./launches";
import { isLaunchFailureKind } from "./launches";

/** The controls of how machines come up, over HTTP; undefined for any other call. */
export function answerLaunchControl(launches: Launches, call: Call): Answer | undefined {
  switch (`${call.method} ${call.path}`) {
    case "PUT /lab/launches":
      for (const written of objectsAt(parseObject(call), "failures")) launches.fail(parseFailure(written));
      return ok({});
    case "DELETE /lab/launches":
      launches.succeed();
      return ok({});
    default:
      return undefined;
  }
}

function parseFailure(written: JsonObject): LaunchFailure {
  const match = textAt(written, "match");
  const how = textAt(written, "how") ?? "";
  if (match === undefined) throw badRequest("a failing launch needs match: part of the machine's name");
  if (!isLaunchFailureKind(how)) throw badRequest(`how=${JSON.stringify(how)} is no way to fail`);
  const message = textAt(written, "message");
  const times = valueAt(written, "times");
  return {
    ...{ match, how },
    ...(message !== undefined && { message }),
    ...(typeof times === "number" && { times }),
  };
}
