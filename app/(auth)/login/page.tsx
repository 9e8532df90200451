import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { currentVisitor } from "@/app/_http/current-context";
import type { SearchParameters } from "@/app/_http/read-search";
import { LoginForm } from "@/components/identity/login-form";
import { BareShell } from "@/components/shell/bare-shell";
import { Callout } from "@/components/ui/callout";
import { ownPath } from "@/lib/identity/rules";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("identity");
  return { title: t("signIn.title") };
}

export default async function LoginPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const { return_to: wanted, reason } = await searchParams;
  const returnTo = ownPath([wanted].flat()[0]);
  const { session } = await currentVisitor();
  if (session === "live") redirect(returnTo);
  const t = await getTranslations("identity");
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
      <LoginForm returnTo={returnTo} />
    </BareShell>
  );
}
