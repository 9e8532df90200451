import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/class-names";
import { MemberTable } from "./member-table";
import { limitsOf, listMembers, typeOf, type JsonSchema } from "./list-members";

type Content = { content?: { "application/json": { schema: JsonSchema } } };

export type OperationDescription = {
  operationId: string;
  summary: string;
  description?: string;
  parameters: { name: string; in: string; required: boolean; description?: string; schema: JsonSchema }[];
  requestBody?: Content;
  responses: Record<string, Content>;
};

const methodTone: Record<string, string> = {
  get: "text-info",
  post: "text-success",
  put: "text-warning",
  patch: "text-warning",
  delete: "text-danger",
};

type OperationCardProps = { method: string; path: string; operation: OperationDescription };

/** One operation, closed until somebody wants to know more. */
export function OperationCard({ method, path, operation }: OperationCardProps) {
  const t = useTranslations("identity");
  const answers = Object.entries(operation.responses).filter(([status]) => status !== "default");
  return (
    <details id={operation.operationId} className="group scroll-mt-4 border-b last:border-b-0">
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-0.5 px-4 py-2.5 hover:bg-hover">
        <span className={cn("w-14 font-mono text-xs font-semibold uppercase", methodTone[method])}>
          {method}
        </span>
        <span className="min-w-0 font-mono text-sm break-all">{path}</span>
        <span className="text-sm text-ink-muted">{operation.summary}</span>
      </summary>
      <div className="grid gap-4 px-4 pt-1 pb-4">
        {operation.description && <p className="text-sm whitespace-pre-line">{operation.description}</p>}
        <MemberTable
          title={t("apiDocument.parameters")}
          members={operation.parameters.map(describeParameter)}
        />
        <MemberTable title={t("apiDocument.body")} members={membersOf(operation.requestBody)} />
        {answers.map(([status, answer]) => (
          <MemberTable
            key={status}
            title={t("apiDocument.answer", { status })}
            members={membersOf(answer)}
            empty={t("apiDocument.emptyAnswer")}
          />
        ))}
      </div>
    </details>
  );
}

function describeParameter({
  name,
  in: place,
  required,
  schema,
}: OperationDescription["parameters"][number]) {
  return { name, type: `${typeOf(schema)} · ${place}`, isRequired: required, limits: limitsOf(schema) };
}

function membersOf(content: Content | undefined) {
  const schema = content?.content?.["application/json"].schema;
  return schema === undefined ? [] : listMembers(schema);
}
