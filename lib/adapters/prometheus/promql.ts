/** A machine as Prometheus names it. */
interface MeasuredMachine {
  namespace: string;
  name: string;
}

/** Expressions by the name of the series each makes; every expression answers with at most one. */
type Expressions = Record<string, string>;

/**
 * A text as PromQL reads it between double quotes: its escapes are Go's. JSON's are a part of them once halves of pairs are
 * mended, and nothing else ends the text.
 */
export function quoteText(text: string): string {
  return JSON.stringify(text.toWellFormed());
}

function selectMachine(metric: string, { namespace, name }: MeasuredMachine): string {
  return `${metric}{namespace=${quoteText(namespace)},name=${quoteText(name)}}`;
}

/** KubeVirt's published metrics of one machine, each reduced to one line. */
export function machineExpressions(machine: MeasuredMachine, windowSeconds: number): Expressions {
  const select = (metric: string) => selectMachine(metric, machine);
  const rate = (metric: string) => `sum(rate(${select(metric)}[${windowSeconds}s]))`;
  return {
    cpu: rate("kubevirt_vmi_cpu_usage_seconds_total"),
    // Between two nodes there are two of them for a moment; the larger is the one that runs.
    memory: `max(${select("kubevirt_vmi_memory_used_bytes")}) or max(${select("kubevirt_vmi_memory_resident_bytes")})`,
    diskRead: rate("kubevirt_vmi_storage_read_traffic_bytes_total"),
    diskWrite: rate("kubevirt_vmi_storage_write_traffic_bytes_total"),
    networkIn: rate("kubevirt_vmi_network_receive_bytes_total"),
    networkOut: rate("kubevirt_vmi_network_transmit_bytes_total"),
  };
}

/** One query for all of them: each series carries its name in a label of ours. */
export function joinExpressions(expressions: Expressions): string {
  return Object.entries(expressions)
    .map(([name, expression]) => `label_replace(${expression}, "series", ${quoteText(name)}, "", "")`)
    .join(" or ");
}
