"use client";

import { useTranslations } from "next-intl";
import { deleteViewAction, setListChoicesAction, updateViewAction } from "@/app/actions/vm-list";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { FormMessage } from "@/components/ui/form-message";
import { LinkButton } from "@/components/ui/link-button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SettledList } from "@/lib/vms/list/rules";
import type { ViewRow } from "@/lib/vms/list/views/schema";

type ViewActionsProps = { view: ViewRow; list: SettledList; isDefault: boolean };

/** What can be done with the open view; only its maker changes it here. */
export function ViewActions({ view, list, isDefault }: ViewActionsProps) {
  const t = useTranslations("vmlist.views");
  return (
    <div className="flex flex-wrap items-center gap-1">
      {list.isChanged && (
        <LinkButton size="sm" variant="ghost" href={`/vms?view=${view.id}`}>
          {t("backTo", { name: view.name })}
        </LinkButton>
      )}
      {list.isChanged && view.isOwn && <KeepChanges view={view} list={list} />}
      <ActionForm action={setListChoicesAction}>
        <input type="hidden" name="defaultViewId" value={isDefault ? "" : view.id} />
        <SubmitButton size="sm" variant="ghost">
          {isDefault ? t("noDefault") : t("makeDefault")}
        </SubmitButton>
        <FormMessage />
      </ActionForm>
      {view.isOwn && (
        <ConfirmAction
          trigger={
            <Button size="sm" variant="ghost">
              {t("delete")}
            </Button>
          }
          title={t("deleteTitle", { name: view.name })}
          description={
            view.systemName === null ? t("deleteText") : t("deleteSharedText", { system: view.systemName })
          }
          confirmLabel={t("delete")}
          action={deleteViewAction}
          hidden={{ viewId: view.id }}
          tone="danger"
        />
      )}
    </div>
  );
}

function KeepChanges({ view, list }: { view: ViewRow; list: SettledList }) {
  const t = useTranslations("vmlist.views");
  return (
    <ActionForm action={updateViewAction} successMessage={t("kept")}>
      <input type="hidden" name="viewId" value={view.id} />
      <input type="hidden" name="query" value={list.q} />
      <input type="hidden" name="sort" value={list.sort} />
      {list.columns.map((column) => (
        <input key={column} type="hidden" name="columns" value={column} />
      ))}
      <SubmitButton size="sm" variant="ghost">
        {t("keep")}
      </SubmitButton>
      <FormMessage />
    </ActionForm>
  );
}
