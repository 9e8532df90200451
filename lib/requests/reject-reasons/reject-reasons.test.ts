import { expect, test } from "vitest";
import { aHolder, recordsOf, refused } from "@/e2e/factories/account";
import { anAdministrator } from "@/e2e/factories/person";
import { listOfferedReasons, listRejectReasons } from "./queries";
import { removeRejectReason } from "./remove-reject-reason";
import { rejectReasonInput } from "./schema";
import { setRejectReason } from "./set-reject-reason";

const reason = rejectReasonInput.parse({
  textEn: "Ask the cache team.",
  textZh: "请找缓存团队。",
  position: 1,
});

test("a new installation offers reasons in both languages, for machines and for access", async () => {
  const offered = await listOfferedReasons();
  expect(offered.length).toBeGreaterThanOrEqual(5);
  expect(offered.every(({ textEn, textZh }) => textEn !== "" && /\p{Script=Han}/u.test(textZh))).toBe(true);
  expect(new Set(offered.map(({ about }) => about))).toEqual(new Set(["machine", "access"]));
});

test("a reason is added, changed, switched off and removed, each on record", async () => {
  const admin = await anAdministrator();
  const { id } = await setRejectReason(admin, reason);
  expect((await listOfferedReasons())[0]).toMatchObject({ id, textEn: "Ask the cache team." });
  await setRejectReason(admin, { ...reason, id, enabled: false });
  expect((await listOfferedReasons()).map((each) => each.id)).not.toContain(id);
  expect((await listRejectReasons(admin)).map((each) => each.id)).toContain(id);
  await removeRejectReason(admin, { id });
  expect((await listRejectReasons(admin)).map((each) => each.id)).not.toContain(id);
  expect((await recordsOf(admin)).map(({ action }) => action)).toEqual(Array(3).fill("reject_reason.update"));
});

test("only platform administrators keep the reasons, and one that is not there is not found", async () => {
  const almost = await aHolder("builtin_approval:approve", "rbac:manage");
  expect((await refused(setRejectReason(almost, reason))).code).toBe("PERMISSION_DENIED");
  expect((await refused(removeRejectReason(almost, { id: "reject-reason-size" }))).code).toBe(
    "PERMISSION_DENIED",
  );
  expect((await refused(listRejectReasons(almost))).code).toBe("PERMISSION_DENIED");
  const admin = await anAdministrator();
  expect((await refused(setRejectReason(admin, { ...reason, id: "none" }))).code).toBe("RESOURCE_NOT_FOUND");
  expect((await refused(removeRejectReason(admin, { id: "none" }))).code).toBe("RESOURCE_NOT_FOUND");
});
