import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { readSetting } from "@/lib/settings/read-setting";
import { passwordProblem, type PasswordFacts } from "./rules";
import type { Account } from "./store";

/** Whose password it will be; a second factor beside it lets it be shorter (spec §0.6). */
export type PasswordOwner = Pick<Account, "username" | "displayName" | "hasSecondFactor">;

/**
 * @returns whether the password is long enough to be the only factor
 * @throws PASSWORD_REFUSED with the reason on the given field
 */
export async function requireGoodPassword(
  password: string,
  owner: PasswordOwner,
  field = "newPassword",
): Promise<{ standsAlone: boolean }> {
  const problem = passwordProblem(password, await readPasswordRules(owner));
  if (problem !== null) throw passwordRefused(problem.code, { ...problem.params }, field);
  const lengthAlone = await readSetting(db(), "password.length_min");
  return { standsAlone: [...password.normalize("NFC")].length >= lengthAlone };
}

/** What a new password of this person is judged by. */
export async function readPasswordRules(owner: PasswordOwner): Promise<PasswordFacts> {
  const { username, displayName, hasSecondFactor } = owner;
  const lengthAlone = await readSetting(db(), "password.length_min");
  const lengthBeside = await readSetting(db(), "password.length_min_with_mfa");
  return {
    lengthMin: hasSecondFactor ? Math.min(lengthAlone, lengthBeside) : lengthAlone,
    ownWords: passwordOwnWords([username, displayName]),
  };
}

export function passwordRefused(
  code: string,
  params: Record<string, unknown> = {},
  field = "newPassword",
): AppError {
  return new AppError("PASSWORD_REFUSED", {}, [{ field, code, params }]);
}

/** What an attacker tries first for this person on this portal. */
function passwordOwnWords(personWords: readonly string[]): string[] {
  const host = publicBaseUrl().hostname.split(".");
  return ["shepherd", "kubevirt", ...host, ...personWords.flatMap((words) => words.split(/[\s._@-]+/))];
}
