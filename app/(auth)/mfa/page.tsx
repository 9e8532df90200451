import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { currentVisitor, isPerson, type PersonContext } from "@/app/_http/current-context";
import type { SearchParameters } from "@/app/_http/read-search";
import { SignOutButton } from "@/components/identity/sign-out-button";
import { EnrollStep } from "@/components/mfa/enroll-step";
import { VerifyStep } from "@/components/mfa/verify-step";
import { BareShell } from "@/components/shell/bare-shell";
import { readFactorKinds, readOwnFactors } from "@/lib/identity/factors/queries";
import { ownPath } from "@/lib/identity/rules";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("mfa");
  return { title: t("verify.title") };
}

/** The step that a sign-in still lacks: proving a second factor, or adding the one that is demanded. */
export default async function MfaPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const { return_to: wanted } = await searchParams;
  const returnTo = ownPath([wanted].flat()[0]);
  const { ctx } = await currentVisitor();
  if (!isPerson(ctx)) redirect(`/login?return_to=${encodeURIComponent(returnTo)}`);
  const step = ctx.actor.pendingStep;
  if (step === "verify_mfa") return renderVerify(ctx, returnTo);
  if (step === "enroll_mfa") return renderEnroll(ctx, returnTo);
  // The start page leads to whatever else is missing.
  redirect(returnTo);
}

async function renderVerify(ctx: PersonContext, returnTo: string) {
  const [t, kinds] = await Promise.all([getTranslations("mfa"), readFactorKinds(ctx)]);
  return (
    <BareShell
      title={t("verify.title")}
      description={t("verify.description", { name: ctx.actor.displayName })}
      footer={t("verify.footer")}
    >
      <VerifyStep kinds={kinds} returnTo={returnTo} />
      <SignOutButton label={t("verify.signOut")} />
    </BareShell>
  );
}

async function renderEnroll(ctx: PersonContext, returnTo: string) {
  const [t, own] = await Promise.all([getTranslations("mfa"), readOwnFactors(ctx)]);
  const { kind, name } = own.demandedBy ?? { kind: "setting", name: "" };
  return (
    <BareShell
      title={t("enroll.demandedTitle")}
      description={t("enroll.demanded", { kind, name })}
      footer={t("enroll.footer")}
    >
      <EnrollStep
        asksPassword={own.asksPassword}
        passkeysPossible={own.passkeysPossible}
        returnTo={returnTo}
      />
      <SignOutButton label={t("verify.signOut")} />
    </BareShell>
  );
}
