import { anAccount, firstPassword, type Account } from "@/e2e/factories/account";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { aNewPerson } from "../doors/make-people";

interface Kind {
  name: string;
  account: { username: string };
  password: string;
}

/** Everybody who cannot sign in so, each for a reason that nobody may learn. */
export async function kindsOfFailure(): Promise<Kind[]> {
  const [known, disabled, external, emptied] = await Promise.all([
    anAccount(),
    anAccount(),
    anAccount(),
    anAccount(),
  ]);
  const change = (account: Account, data: object) => db().user.update({ where: { id: account.id }, data });
  await change(disabled, { enabled: false });
  await change(external, { authType: "oidc", passwordHash: null, externalId: newId() });
  await change(emptied, { passwordHash: null });
  const service = await aNewPerson({ role: "role-viewer", authType: "service" });
  return [
    { name: "a wrong password", account: known, password: "not this one at all" },
    { name: "an unknown account", account: { username: "nobody-at-all" }, password: firstPassword },
    { name: "a disabled account", account: disabled, password: firstPassword },
    { name: "an account of a provider", account: external, password: firstPassword },
    { name: "an account without a password", account: emptied, password: firstPassword },
    { name: "a service account", account: service.actor, password: firstPassword },
  ];
}
