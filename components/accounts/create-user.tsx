"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions, DialogClose } from "@/components/ui/dialog";
import { LinkButton } from "@/components/ui/link-button";
import type { PasswordLink } from "@/lib/identity/schema";
import { CreateUserForm, type CreatedUser } from "./create-user-form";
import type { RoleOffer } from "./role-fields";
import { OneTimeLink } from "./one-time-link";

/** Whoever gets a link sees it in the same dialog, once. */
export function CreateUser({ offer }: { offer: RoleOffer | null }) {
  const t = useTranslations("accounts.create");
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<(CreatedUser & { link: PasswordLink }) | null>(null);

  function show(next: boolean) {
    setOpen(next);
    setMade(null);
  }

  function finish({ link, ...user }: CreatedUser) {
    if (link === null) show(false);
    else setMade({ ...user, link });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={show}
      trigger={<Button variant="primary">{t("open")}</Button>}
      title={made ? t("doneTitle", { name: made.username }) : t("title")}
      description={made ? undefined : t("description")}
    >
      {made ? <Made user={made} link={made.link} /> : <CreateUserForm offer={offer} onCreated={finish} />}
    </Dialog>
  );
}

function Made({ user, link }: { user: CreatedUser; link: PasswordLink }) {
  const t = useTranslations("accounts");
  return (
    <>
      <OneTimeLink link={link} name={user.username} />
      <DialogActions>
        <LinkButton href={`/admin/users/${user.id}`}>{t("create.openAccount")}</LinkButton>
        <DialogClose>
          <Button variant="primary">{t("link.done")}</Button>
        </DialogClose>
      </DialogActions>
    </>
  );
}
