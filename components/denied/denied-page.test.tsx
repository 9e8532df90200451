import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import denied from "@/components/messages/en/denied.json";
import ui from "@/components/messages/en/ui.json";
import { permissions } from "@/lib/vocabulary/permissions";
import { DeniedPage } from "./denied-page";

const givers = [{ username: "ada", displayName: "Ada Novak" }];
const ofSystem = { systemId: "s1", systemName: "shop", givers };

function render(props: Omit<Parameters<typeof DeniedPage>[0], "requestId">): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ denied, ui }} timeZone="UTC">
      <DeniedPage requestId="request-1" {...props} />
    </NextIntlClientProvider>,
  );
}

test("a missing role is named with where, who gives it, and the way to ask for it", () => {
  const page = render({
    denied: { permission: "system:write", systemId: "s1", roleNeeded: "admin", roleHeld: "member" },
    explanation: { missing: "role", ...ofSystem },
  });
  expect(page).toContain("This needs the role admin on shop; you are a member there.");
  expect(page).toContain("Create and change systems");
  expect(page).toContain("system:write");
  expect(page).toContain("Ada Novak");
  expect(page).toContain('href="/access/request?system=s1&amp;role=admin"');
});

test("ownership is given and never asked for, and what is a permission is no role", () => {
  const ownership = render({
    denied: { permission: "system:delete", systemId: "s1", roleNeeded: "owner", roleHeld: "admin" },
    explanation: { missing: "role", ...ofSystem },
  });
  const permission = render({
    denied: { permission: "vm:create", systemId: "s1", environment: "prod", roleNeeded: "member" },
    explanation: { missing: "permission", ...ofSystem },
  });
  expect(permission).toContain("The system shop, in the environment prod");
  for (const page of [ownership, permission]) expect(page).not.toContain("/access/request");
});

test("a System that may not be seen is not named", () => {
  const page = render({
    denied: { permission: "system:read", systemId: "secret-id" },
    explanation: { missing: "permission", systemId: null, systemName: null, givers: [] },
  });
  expect(page).toContain("The whole platform");
  expect(page).toContain("Nobody can give it at the moment");
  expect(page).not.toContain("secret-id");
});

test("every permission has its words", () => {
  expect(Object.keys(denied.permission).sort()).toEqual([...permissions].sort());
});
