import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { currentVisitor } from "@/app/_http/current-context";
import type { SearchParameters } from "@/app/_http/read-search";
import { LoginForm } from "@/components/identity/login-form";
import { SignInFailureMessage } from "@/components/identity/sign-in-failure";
import { SignInLinks } from "@/components/identity/sign-in-links";
import { BareShell } from "@/components/shell/bare-shell";
import { Callout } from "@/components/ui/callout";
import { listSignInWays } from "@/lib/identity/providers/queries";
import { ownPath } from "@/lib/identity/rules";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("identity");
  return { title: t("signIn.title") };
}

export default async function LoginPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const { return_to: wanted, reason, error: refused } = await searchParams;
  const returnTo = ownPath([wanted].flat()[0]);
  const error = [refused].flat()[0];
  const { session } = await currentVisitor();
  if (session === "live") redirect(error === undefined ? returnTo : withError(returnTo, error));
  const t = await getTranslations("identity");
  const ways = await listSignInWays();
  const directories = ways.filter(
    ({ type, interaction }) => type !== "local" && interaction === "credentials",
  );
  return (
    <BareShell title={t("signIn.title")} description={t("signIn.description")} footer={t("signIn.footer")}>
      {reason === "signed_out" && (
        <Callout tone="success" role="status">
          {t("signIn.signedOut")}
        </Callout>
      )}
      {reason === "session_expired" && (
        <Callout tone="info" role="status">
          {t("signIn.sessionExpired")}
        </Callout>
      )}
      {error !== undefined && (
        <SignInFailureMessage failure={{ kind: error === "PROVIDER_UNAVAILABLE" ? "away" : "refused" }} />
      )}
      <LoginForm
        returnTo={returnTo}
        directories={directories.map(({ id, displayName, href }) => ({ id, displayName, href }))}
      />
      <SignInLinks ways={ways.filter(({ interaction }) => interaction === "redirect")} returnTo={returnTo} />
    </BareShell>
  );
}

/** Somebody who is signed in already tried a provider; the page they come back to says that it failed. */
function withError(path: string, error: string): string {
  const address = new URL(path, "http://own.invalid");
  address.searchParams.set("error", error);
  return `${address.pathname}${address.search}`;
}
