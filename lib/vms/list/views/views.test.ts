import { expect, test } from "vitest";
import { recordsOf, refused } from "@/e2e/factories/account";
import { aMember } from "@/e2e/factories/member";
import { aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { readListChoices } from "../choices/queries";
import { setListChoices } from "../choices/set-list-choices";
import { openingView, settleList } from "../rules";
import { createView } from "./create-view";
import { deleteView } from "./delete-view";
import { listViews } from "./queries";
import { updateViewInput, viewInput, viewsMax } from "./schema";
import { updateView } from "./update-view";

const developer = "role-development-engineer";
const wish = (name: string, over: object = {}) =>
  viewInput.parse({ name, query: "status:running cpu>4", ...over });

test("a view is kept, changed and removed by its owner, each on record, and nobody else sees it", async () => {
  const owner = await aPerson(developer);
  const stranger = await aPerson(developer);
  const { id } = await createView(owner, wish("Large", { sort: "-cpu", columns: ["status", "cpu"] }));

  expect(await listViews(owner)).toMatchObject([
    {
      id,
      name: "Large",
      query: "status:running cpu>4",
      sort: "-cpu",
      columns: ["status", "cpu"],
      isOwn: true,
    },
  ]);
  expect(await listViews(stranger)).toEqual([]);
  for (const attempt of [
    updateView(stranger, { viewId: id, name: "Mine" }),
    deleteView(stranger, { viewId: id }),
  ])
    expect((await refused(attempt)).code).toBe("RESOURCE_NOT_FOUND");

  await updateView(owner, updateViewInput.parse({ viewId: id, query: "cpu>8" }));
  expect(await listViews(owner)).toMatchObject([{ name: "Large", query: "cpu>8", sort: "-cpu" }]);
  await deleteView(owner, { viewId: id });
  expect(await listViews(owner)).toEqual([]);
  expect((await recordsOf(owner)).map(({ action }) => action).sort()).toEqual([
    "vm_view.create",
    "vm_view.delete",
    "vm_view.update",
  ]);
});

test("a System's members find what one of them shares; its administrators may take it away", async () => {
  const owner = await aPerson(developer);
  const { systemId } = await aService(owner);
  const [member, viewer, admin] = await Promise.all(
    (["member", "viewer", "admin"] as const).map((role) => aMember({ systemId, role })),
  );
  const shared = wish("Shared", { systemId });
  expect((await refused(createView(await aPerson(developer), shared))).code).toBe("RESOURCE_NOT_FOUND");
  if (!member || !viewer || !admin) throw new Error("three members were asked for");
  expect((await refused(createView(viewer, shared))).code).toBe("PERMISSION_DENIED");

  const { id } = await createView(member, shared);
  for (const reader of [owner, viewer, admin])
    expect(await listViews(reader)).toMatchObject([{ id, isOwn: false, systemId }]);
  expect((await refused(updateView(viewer, { viewId: id, name: "Other" }))).code).toBe("PERMISSION_DENIED");
  await deleteView(admin, { viewId: id });
  expect(await listViews(member)).toEqual([]);
});

test("two of a person's views have two names, their search is understood, and there are not too many", async () => {
  const owner = await aPerson(developer);
  await createView(owner, wish("One"));
  expect((await refused(createView(owner, wish("One")))).fields).toMatchObject([
    { field: "name", code: "already_exists" },
  ]);
  expect(viewInput.safeParse({ name: "Bad", query: "sytem:x" }).success).toBe(false);
  for (let index = 1; index < viewsMax; index += 1) await createView(owner, wish(`View ${index}`));
  expect((await refused(createView(owner, wish("One more")))).fields).toMatchObject([
    { field: "name", code: "too_many" },
  ]);
});

test("what a person likes is kept bit by bit, and what was kept in another form is as if nothing was", async () => {
  const owner = await aPerson(developer);
  const { id } = await createView(owner, wish("Mine"));
  await setListChoices(owner, { density: "compact" });
  await setListChoices(owner, { columns: ["status", "ip"], defaultViewId: id });

  const { choices, views } = await readListChoices(owner);
  expect(choices).toEqual({ density: "compact", columns: ["status", "ip"], defaultViewId: id });
  expect(openingView({}, choices, views)).toBe(id);
  expect(openingView({ view: "all" }, choices, views)).toBeNull();
  expect(settleList({ view: id }, choices, views)).toMatchObject({
    q: "status:running cpu>4",
    isChanged: false,
  });
  expect(settleList({ view: id, q: "cpu>1" }, choices, views)).toMatchObject({ q: "cpu>1", isChanged: true });
  expect(settleList({ columns: "ip,status,nonsense" }, choices, views).columns).toEqual(["status", "ip"]);
  expect((await readListChoices(await aPerson(developer))).choices).toEqual({});
});
