import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SetPassword } from "@/components/identity/set-password";
import { BareShell } from "@/components/shell/bare-shell";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("identity");
  return { title: t("setPassword.title") };
}

/** For whoever holds a one-time link, signed in or not. */
export default async function SetPasswordPage() {
  const t = await getTranslations("identity");
  return (
    <BareShell title={t("setPassword.title")} footer={t("signIn.footer")}>
      <SetPassword />
    </BareShell>
  );
}
