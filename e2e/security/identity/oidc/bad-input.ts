import type { OidcRefusalReason } from "@/lib/adapters/oidc/oidc-refusal";
import type { FetchFailureReason } from "@/lib/core/outside-fetch";
import type { HostileProvider } from "./hostile-provider";
import { signIn } from "./sign-in";
import type { Tenant, Tricks } from "./tenant";

/** One thing that goes wrong, and the word the product has to refuse it with. */
export interface BadInput {
  name: string;
  reason: OidcRefusalReason | FetchFailureReason;
  tricks?: Tricks;
  /** Instead of a plain sign-in at a provider with the tricks. */
  attempt?: (tenant: Tenant, provider: HostileProvider) => Promise<unknown>;
}

export function attemptOf(input: BadInput, provider: HostileProvider): Promise<unknown> {
  const tenant = provider.openTenant(input.tricks);
  return input.attempt ? input.attempt(tenant, provider) : signIn(tenant);
}

export type Row<Change> = [name: string, reason: BadInput["reason"], change: Change];

/** Rows of a table, each with one trick. */
export function rowsOf<Change>(
  step: string,
  rows: Row<Change>[],
  tricksOf: (change: Change) => Tricks,
): BadInput[] {
  return rows.map(([name, reason, change]) => ({
    name: `${step}: ${name}`,
    reason,
    tricks: tricksOf(change),
  }));
}
