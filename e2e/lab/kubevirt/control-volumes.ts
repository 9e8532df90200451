import type { Answer, Call } from "./call";
import { ok, parseObject } from "./call";
import type { LabControl } from "./control";
import { badRequest } from "./failures";
import type { ImportFailure } from "./imports";
import type { Json, JsonObject } from "./json";
import { numberAt, objectsAt, textAt, valueAt } from "./json";
import type { UploadSettings } from "./upload/uploads";

/** The controls of imports and uploads over HTTP; undefined for any other call. */
export function answerVolumeControl(control: LabControl, call: Call): Answer | undefined {
  switch (`${call.method} ${call.path}`) {
    case "GET /lab/uploads":
      return ok({
        received: control.uploads.received.map((image): Json => ({ ...image })),
        settings: { ...control.uploads.settings },
      });
    case "PUT /lab/uploads":
      Object.assign(control.uploads.settings, parseUploadSettings(parseObject(call)));
      return ok({});
    case "POST /lab/uploads/expire":
      control.uploads.tokens.expireAll();
      return ok({});
    case "PUT /lab/imports":
      setImports(control, parseObject(call));
      return ok({});
    case "DELETE /lab/imports":
      control.imports.succeed();
      return ok({});
    default:
      return undefined;
  }
}

const numbers = ["conversionMs", "failingConversions", "cutAfterBytes", "cuts"] as const;

function parseUploadSettings(body: JsonObject): Partial<UploadSettings> {
  const settings: Partial<UploadSettings> = {};
  for (const [name, value] of Object.entries(body)) {
    const number = numbers.find((one) => one === name);
    if (number !== undefined && typeof value === "number") settings[number] = value;
    else if (name === "showProgress" && typeof value === "boolean") settings.showProgress = value;
    else throw badRequest(`${name}=${JSON.stringify(value)} is no setting of uploads`);
  }
  return settings;
}

function setImports(control: LabControl, body: JsonObject): void {
  const seconds = numberAt(body, "seconds");
  if (seconds !== undefined) control.imports.takeSeconds(seconds);
  for (const written of objectsAt(body, "failures")) control.imports.fail(parseFailure(written));
}

function parseFailure(written: JsonObject): ImportFailure {
  const match = textAt(written, "match");
  if (match === undefined) throw badRequest("a failing import needs match: part of its source's address");
  const message = textAt(written, "message");
  const times = valueAt(written, "times");
  return {
    match,
    ...(message !== undefined && { message }),
    ...(typeof times === "number" && { times }),
  };
}
