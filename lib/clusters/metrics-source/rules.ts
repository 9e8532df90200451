/** The metrics that machines are drawn from; whoever tries a connection is told which of them are missing. */
export const neededMetrics = [
  "kubevirt_vmi_cpu_usage_seconds_total",
  "kubevirt_vmi_memory_used_bytes",
  "kubevirt_vmi_storage_read_traffic_bytes_total",
  "kubevirt_vmi_storage_write_traffic_bytes_total",
  "kubevirt_vmi_network_receive_bytes_total",
  "kubevirt_vmi_network_transmit_bytes_total",
] as const;

/** Where a token goes: what was given for one server is not carried to another. */
export function destinationOf(address: string): string {
  return new URL(address).origin;
}
