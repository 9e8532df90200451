import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { ProfileAccount } from "@/components/accounts/profile-account";
import { ProfilePreferences } from "@/components/accounts/profile-preferences";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { readOwnProfile } from "@/lib/identity/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts.profile");
  return { title: t("title") };
}

export default async function ProfilePage() {
  const ctx = await requireContext();
  const [t, profile] = await Promise.all([getTranslations("accounts.profile"), readOwnProfile(ctx)]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("accountText")}
        actions={
          profile.authType === "local" && (
            <LinkButton href="/change-password?return_to=/profile">{t("changePassword")}</LinkButton>
          )
        }
      />
      <ProfileAccount profile={profile} />
      <ProfilePreferences />
    </>
  );
}
