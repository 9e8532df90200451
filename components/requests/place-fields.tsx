"use client";

import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextLink } from "@/components/ui/text-link";
import type { Choice, NamespaceOffer, Offer, ServiceOffer } from "./settle-choice";
import type { ErrorOf } from "./use-live-errors";

type PlaceFieldsProps = {
  offer: Offer;
  choice: Choice;
  onChoose: (change: Partial<Choice>) => void;
  errorOf: ErrorOf;
};

export function PlaceFields({ offer, choice, onChoose, errorOf }: PlaceFieldsProps) {
  const t = useTranslations("requests");
  const namespace = offer.namespaces.find(({ name }) => name === choice.namespace);
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field
        name="serviceId"
        label={t("form.service")}
        hint={t.rich("form.serviceHint", {
          systems: (words) => <TextLink href="/systems">{words}</TextLink>,
        })}
        error={errorOf("serviceId")}
        required
      >
        <Select value={choice.serviceId} onChange={(event) => onChoose({ serviceId: event.target.value })}>
          <option value="">{t("form.chooseService")}</option>
          {groupBy(offer.services, ({ systemName }) => systemName).map(([systemName, services]) => (
            <optgroup key={systemName} label={systemName}>
              {services.map((service) => (
                <ServiceOption key={service.id} service={service} />
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <Field
        name="namespace"
        label={t("form.namespace")}
        hint={namespace && <NamespaceHint namespace={namespace} />}
        error={errorOf("namespace")}
        required
      >
        <Select value={choice.namespace} onChange={(event) => onChoose({ namespace: event.target.value })}>
          {groupBy(offer.namespaces, ({ environmentName }) => environmentName).map(([name, namespaces]) => (
            <optgroup key={name} label={name}>
              {namespaces.map((each) => (
                <option key={each.name} value={each.name}>
                  {each.name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
    </div>
  );
}

function ServiceOption({ service }: { service: ServiceOffer }) {
  const t = useTranslations("requests");
  const name = `${service.systemName} / ${service.name}`;
  return (
    <option value={service.id} disabled={!service.mayRequest}>
      {service.mayRequest ? name : t("form.serviceViewed", { name })}
    </option>
  );
}

function NamespaceHint({ namespace }: { namespace: NamespaceOffer }) {
  const t = useTranslations("requests");
  const kind = t(`form.environment.${namespace.environmentClass}`, { name: namespace.environmentName });
  return (
    <>
      {kind}
      {namespace.description && ` ${namespace.description}`}
    </>
  );
}

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): [string, Row[]][] {
  return [...Map.groupBy(rows, keyOf)];
}
