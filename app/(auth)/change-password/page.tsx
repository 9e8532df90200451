import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { currentVisitor } from "@/app/_http/current-context";
import type { SearchParameters } from "@/app/_http/read-search";
import { ChangePasswordForm } from "@/components/identity/change-password-form";
import { PasswordRules } from "@/components/identity/password-rules";
import { SignOutButton } from "@/components/identity/sign-out-button";
import { BareShell } from "@/components/shell/bare-shell";
import { readPasswordFacts } from "@/lib/identity/queries";
import { ownPath } from "@/lib/identity/rules";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("identity");
  return { title: t("changePassword.title") };
}

export default async function ChangePasswordPage({
  searchParams,
}: {
  searchParams: Promise<SearchParameters>;
}) {
  const { return_to: wanted } = await searchParams;
  const { ctx } = await currentVisitor();
  if (ctx.actor.kind !== "person") redirect("/login?return_to=/");
  const [t, facts] = await Promise.all([getTranslations("identity"), readPasswordFacts(ctx)]);
  const isFirst = ctx.actor.pendingStep === "change_password";
  return (
    <BareShell
      title={t(isFirst ? "changePassword.firstTitle" : "changePassword.title")}
      description={t(isFirst ? "changePassword.firstDescription" : "changePassword.description")}
    >
      <PasswordRules lengthMin={facts.lengthMin} />
      <ChangePasswordForm
        facts={facts}
        username={ctx.actor.username}
        returnTo={ownPath([wanted].flat()[0])}
      />
      <SignOutButton label={t("changePassword.signOut")} />
    </BareShell>
  );
}
