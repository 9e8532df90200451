import { afterAll, beforeAll, expect, test } from "vitest";
import { PATCH as updateSize } from "@/app/api/v1/admin/instance-sizes/[name]/route";
import { POST as createSize } from "@/app/api/v1/admin/instance-sizes/route";
import { PATCH as updateTemplate } from "@/app/api/v1/admin/templates/[id]/route";
import { POST as createTemplate } from "@/app/api/v1/admin/templates/route";
import { POST as requestMachine } from "@/app/api/v1/vms/request/route";
import { POST as validateMachine } from "@/app/api/v1/vms/validate/route";
import { aSize } from "@/e2e/factories/catalogue";
import { buried, forbiddenShapes, type ForbiddenShape } from "@/e2e/factories/forbidden-shapes";
import { anAdministrator } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { createTemplate as draftTemplate } from "@/lib/catalog/templates/create-template";
import { createTemplateInput } from "@/lib/catalog/templates/schema";
import { newId } from "@/lib/core/ids";
import type { RequestVm } from "@/lib/requests/schema";
import { aNewPerson, newSession } from "../identity/doors/make-people";
import { openSuite } from "../count-refusals";
import { countConnections, type ConnectionCounter } from "./count-connections";
import { refusalOfAnswer, type Refusal } from "./read-refusal";
import { anAdministratorsCookie, sendText } from "./send-text";
import { tryInput } from "./try-input";

const suite = openSuite("forbidden fields");
const inputsMin = 800;

let connections: ConnectionCounter;
let cookie: string;
let requesterCookie: string;
let sizeName: string;
let draftId: string;
let wish: RequestVm;

beforeAll(async () => {
  cookie = await anAdministratorsCookie();
  sizeName = (await aSize()).name;
  const draft = { name: fresh(), displayName: "Draft", sourceType: "containerdisk", imageUrl: image };
  draftId = (await draftTemplate(await anAdministrator(), createTemplateInput.parse(draft))).id;
  const requester = await aNewPerson({ role: "role-development-engineer" });
  requesterCookie = (await newSession(requester.actor.id)).cookie;
  wish = await aVmWish(requester);
  connections = await countConnections();
});
afterAll(async () => {
  await connections.close();
  suite.print(inputsMin);
});

const image = "quay.io/containerdisks/debian:13";
const fresh = () => `x${newId().slice(-10)}`;
const post = (cookie: string, body: object) => ({ method: "POST" as const, cookie, body });
const aTemplate = () => ({
  ...{ name: fresh(), display_name: "New", source_type: "containerdisk", image_url: image },
});

type Overrides = Record<string, unknown>;
type Door = (overrides: Overrides) => Promise<Response>;

/** Each way by which a path of the machine and a value for it can be said. */
const doors: Record<string, Door> = {
  "a size": (overrides) =>
    sendText(
      createSize,
      post(cookie, {
        name: fresh(),
        display_name: "New",
        cpu_cores: 1,
        memory_gi: 1,
        spec_overrides: overrides,
      }),
    ),
  "a size's change": (overrides) =>
    sendText(updateSize, {
      ...{ method: "PATCH", cookie, params: { name: sizeName } },
      body: { version: 1, spec_overrides: overrides },
    }),
  "a template's defaults": (overrides) =>
    sendText(createTemplate, post(cookie, { ...aTemplate(), field_defaults: overrides })),
  "a template's fields": (overrides) =>
    sendText(createTemplate, post(cookie, { ...aTemplate(), quick_fields: Object.keys(overrides) })),
  "a template's constraints": (overrides) =>
    sendText(
      createTemplate,
      post(cookie, {
        ...aTemplate(),
        field_constraints: Object.fromEntries(
          Object.entries(overrides).map(([path, value]) => [path, { options: [value] }]),
        ),
      }),
    ),
  "a template's change": (overrides) =>
    sendText(updateTemplate, {
      ...{ method: "PATCH", cookie, params: { id: draftId } },
      body: { revision: 1, field_defaults: overrides, advanced_fields: Object.keys(overrides) },
    }),
  "a request": (overrides) => sendText(requestMachine, post(requesterCookie, wished(overrides))),
  "a request's preview": (overrides) => sendText(validateMachine, post(requesterCookie, wished(overrides))),
};

function wished(fields: Overrides): object {
  return {
    service_id: wish.serviceId,
    template_id: wish.templateId,
    instance_size_id: wish.instanceSizeId,
    namespace: wish.namespace,
    reason: wish.reason,
    fields,
  };
}

const codes = [
  ...["FORBIDDEN_FIELD", "TEMPLATE_SPEC_VIOLATION", "VALIDATION_FAILED", "INVALID_REQUEST_FIELD"],
  ...["INVALID_SPEC_OVERRIDES", "SCHEMA_VALIDATION_FAILED"],
];

/** A size names the reason; whoever speaks of a machine's field elsewhere is told that it is not theirs to set. */
function isRight(refusal: Refusal, door: string, { overrides, reason }: ForbiddenShape): boolean {
  const isNamed = Object.keys(overrides).some((path) => namesPath(refusal, path)) || isMemberOf(refusal);
  if (!codes.includes(refusal.code) || !isNamed) return false;
  const isJudged = door.startsWith("a size") && refusal.code === "FORBIDDEN_FIELD";
  return isJudged ? refusal.text.includes(reason) : true;
}

/** The path or what stands below it, or as much of it as is forbidden already. */
function namesPath({ text }: Refusal, path: string): boolean {
  const keys = path.split(".");
  return keys.some((_, at) => {
    const part = keys.slice(0, at + 1).join(".");
    const told = `"${JSON.stringify(part).slice(1, -1)}`;
    return part === path ? text.includes(told) : at > 1 && text.includes(`${told}"`);
  });
}

/** What is refused before anybody looks into it is marked at the member that it came in. */
function isMemberOf({ fields }: Refusal): boolean {
  return fields.some((field) => /^(spec_overrides|field_|fields|quick_fields|advanced_fields)/.test(field));
}

const members = [
  ...["hostDisk", "hostDevices", "filesystems", "secret", "configMap", "serviceAccount", "downwardAPI"],
  ...["persistentVolumeClaim", "dataVolume", "ephemeral", "sysprep", "accessCredentials", "nodeSelector"],
  ...["tolerations", "affinity", "resourceClaims", "downwardMetrics", "memoryDump", "kernelBoot"],
];

/** The same members where the API has an open map for them, in letters that Go's parser takes for theirs. */
const disguised = members.flatMap((member, at): ForbiddenShape[] => [
  {
    title: `${member} in other letters`,
    reason: "host_access",
    overrides: { [`spec.template.spec.${member.toUpperCase()}`]: {} },
  },
  {
    title: `${member} far down`,
    reason: "host_access",
    overrides: { "spec.template.spec.domain.firmware.bootloader": buried({ [member]: {} }, 1 + (at % 3)) },
  },
]);

const shapes = [...forbiddenShapes, ...disguised];

/** How nesting without end is met by each door is the suite of bombs' matter. */
const isShallow = ({ reason, overrides }: ForbiddenShape) =>
  reason !== "too_deep" && JSON.stringify(overrides).split(/[[{]/).length < 9;

test("there are enough of them", () => expect(forbiddenShapes.length).toBeGreaterThanOrEqual(60));

test.each(Object.keys(doors))(
  "%s carries none of them",
  async (door) => {
    for (const shape of shapes.filter(isShallow)) {
      await tryInput(
        { suite, connections },
        {
          name: `${shape.title} in ${door}`,
          attempt: () => refusalOfAnswer(doors[door]?.(shape.overrides) ?? Promise.reject(new Error(door))),
          isRight: (refusal) => isRight(refusal, door, { ...shape, reason: reasonOf(shape) }),
        },
      );
    }
  },
  120_000,
);

/** Which word a disguised one is refused with is the table's own matter. */
function reasonOf(shape: ForbiddenShape): ForbiddenShape["reason"] {
  // Every text has an empty one in it.
  return disguised.includes(shape) ? ("" as ForbiddenShape["reason"]) : shape.reason;
}

test("a field that a size may say is taken", async () => {
  const answer = await doors["a size"]?.({ "spec.template.spec.domain.cpu.model": "host-model" });
  expect(answer?.status).toBe(201);
});
