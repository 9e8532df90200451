import type { Answer, Call } from "./call";
import { ok, parseObject } from "./call";
import { badRequest } from "./failures";
import type { GuestWords } from "./guest-words";
import { isObject, objectsAt, textAt, valueAt } from "./json";

/** What guests say, and whether the cluster measures them, over HTTP; undefined for any other call. */
export function answerGuestControl(guestWords: GuestWords, call: Call): Answer | undefined {
  switch (`${call.method} ${call.path}`) {
    case "PUT /lab/guests": {
      const body = parseObject(call);
      const namespace = textAt(body, "namespace");
      const name = textAt(body, "name");
      if (namespace === undefined || name === undefined) throw badRequest("a guest needs namespace and name");
      const system = valueAt(body, "system");
      guestWords.say(namespace, name, {
        ...(valueAt(body, "users") !== undefined && { users: objectsAt(body, "users") }),
        ...(valueAt(body, "filesystems") !== undefined && { filesystems: objectsAt(body, "filesystems") }),
        ...(isObject(system) && { system }),
      });
      return ok({});
    }
    case "PUT /lab/metrics-api": {
      const isServed = valueAt(parseObject(call), "served");
      if (typeof isServed !== "boolean") throw badRequest("say served: true or false");
      guestWords.hasMetricsApi = isServed;
      return ok({});
    }
    default:
      return undefined;
  }
}
