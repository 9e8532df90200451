"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { removeAt, replaceAt } from "./change-list";
import { isSaid, memberPaths } from "./member-paths";
import { OfferNote } from "./offer-note";
import { SetElsewhere } from "./set-elsewhere";
import { useSizeEditing } from "./size-editor-context";

const networksMax = 8;

/** Which SR-IOV networks the machine joins, each as namespace/name. */
export function NetworkTable() {
  const t = useTranslations("sizes.form");
  const { draft, change, errorOf, offer } = useSizeEditing();
  const listId = useId();
  const networks = draft.sriovNetworks;
  if (isSaid(draft.overrides, memberPaths.sriovNetworks)) {
    return (
      <div className="grid gap-1.5">
        <span className="text-sm font-medium">{t("sriov")}</span>
        <SetElsewhere member="sriovNetworks" />
      </div>
    );
  }
  return (
    <fieldset className="grid min-w-0 gap-2" data-field="sriovNetworks" tabIndex={-1}>
      <legend className="mb-1.5 text-sm font-medium">{t("sriov")}</legend>
      {networks.length === 0 && <p className="text-xs text-ink-muted">{t("sriovNone")}</p>}
      {networks.map((network, at) => (
        <div key={at} className="grid gap-1">
          <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2">
            <Input
              mono
              aria-label={t("sriovNetwork", { number: at + 1 })}
              aria-invalid={errorOf(`sriovNetworks.${at}`) !== undefined || undefined}
              placeholder="networks/sriov-net"
              list={listId}
              autoComplete="off"
              spellCheck={false}
              value={network}
              onChange={(event) => change({ sriovNetworks: replaceAt(networks, at, event.target.value) })}
            />
            <IconButton
              label={t("removeRow", { name: network || t("sriovNetwork", { number: at + 1 }) })}
              onClick={() => change({ sriovNetworks: removeAt(networks, at) })}
            >
              <X aria-hidden />
            </IconButton>
          </div>
          <OfferNote name={network} offered={offer.sriovNetworks} error={errorOf(`sriovNetworks.${at}`)} />
        </div>
      ))}
      <datalist id={listId}>
        {offer.sriovNetworks.map(({ name, clusterNames }) => (
          <option key={name} value={name}>
            {t("clustersHave", { count: clusterNames.length })}
          </option>
        ))}
      </datalist>
      {errorOf("sriovNetworks") && <p className="text-xs text-danger">{errorOf("sriovNetworks")}</p>}
      {networks.length < networksMax && (
        <Button size="sm" className="w-fit" onClick={() => change({ sriovNetworks: [...networks, ""] })}>
          <Plus aria-hidden />
          {t("sriovAdd")}
        </Button>
      )}
    </fieldset>
  );
}
