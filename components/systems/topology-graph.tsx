"use client";

import "@xyflow/react/dist/base.css";
import {
  Handle,
  Panel,
  Position,
  ReactFlow,
  useReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { useMemo, type FocusEvent } from "react";
import { cn } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { toneText } from "@/components/ui/tones";
import {
  boxWidth,
  heightOf,
  placeServices,
  type DrawnService,
  type DrawnTopology,
  type DrawnVm,
} from "./topology-layout";

type SystemNode = Node<{ name: string }, "system">;
type ServiceNode = Node<{ service: DrawnService; noVms: string }, "service">;

/** System, services and machines; everything in it is an ordinary link, and what has the focus is brought into view. */
export function TopologyGraph({ drawn }: { drawn: DrawnTopology }) {
  const { nodes, edges } = useMemo(() => drawingOf(drawn), [drawn]);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      fitView
      fitViewOptions={{ padding: 0.08, maxZoom: 1 }}
      minZoom={0.1}
      maxZoom={1.5}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      zoomOnScroll={false}
      preventScrolling={false}
      proOptions={{ hideAttribution: true }}
    >
      <Panel position="top-right">
        <Zoom words={drawn.words} />
      </Panel>
    </ReactFlow>
  );
}

function Zoom({ words }: { words: DrawnTopology["words"] }) {
  const flow = useReactFlow();
  return (
    <div className="flex gap-1 rounded-md border bg-surface p-0.5">
      <IconButton label={words.closer} size="icon-sm" onClick={() => void flow.zoomIn()}>
        <Plus aria-hidden />
      </IconButton>
      <IconButton label={words.further} size="icon-sm" onClick={() => void flow.zoomOut()}>
        <Minus aria-hidden />
      </IconButton>
      <IconButton label={words.whole} size="icon-sm" onClick={() => void flow.fitView({ padding: 0.08 })}>
        <Maximize aria-hidden />
      </IconButton>
    </div>
  );
}

function SystemBox({ data }: NodeProps<SystemNode>) {
  return (
    <div className="grid w-44 justify-items-center gap-1 rounded-lg border-2 border-accent-ink bg-surface px-3 py-3 text-center">
      <Icon name="layers" className="text-accent-ink" />
      <span className="max-w-full truncate text-sm font-semibold">{data.name}</span>
      <Handle type="source" position={Position.Right} className="invisible" />
    </div>
  );
}

function ServiceBox({ id, data: { service, noVms } }: NodeProps<ServiceNode>) {
  const flow = useReactFlow();

  function bringIntoView(event: FocusEvent<HTMLElement>) {
    if (!event.target.matches(":focus-visible")) return;
    // The browser has scrolled the frame to the link; the drawing moves instead.
    const frame = event.currentTarget.closest(".react-flow");
    for (let at = event.target.parentElement; at !== null && at !== frame; at = at.parentElement)
      at.scrollTo(0, 0);
    frame?.scrollTo(0, 0);
    void flow.fitView({ nodes: [{ id }], padding: 0.2, maxZoom: 1 });
  }

  return (
    <section
      aria-label={service.name}
      onFocus={bringIntoView}
      style={{ width: boxWidth, height: heightOf(service) }}
      className="nodrag nopan grid cursor-default content-start gap-2 rounded-lg border bg-raised p-2.5"
    >
      <Handle type="target" position={Position.Left} className="invisible" />
      <Link
        href={`/services/${service.id}`}
        className="flex items-center gap-1.5 text-sm font-semibold hover:underline"
      >
        <Icon name="box" className="text-ink-muted" />
        <span className="truncate">{service.name}</span>
      </Link>
      {service.vms.length === 0 ? (
        <p className="text-xs text-ink-muted">{noVms}</p>
      ) : (
        <ul className="grid grid-cols-3 gap-1.5">
          {service.vms.map((vm) => (
            <li key={vm.id} className="min-w-0">
              <VmChip vm={vm} />
            </li>
          ))}
        </ul>
      )}
      {service.more !== null && (
        <Link href={`/services/${service.id}`} className="text-xs text-accent-ink hover:underline">
          {service.more}
        </Link>
      )}
    </section>
  );
}

function VmChip({ vm }: { vm: DrawnVm }) {
  return (
    <Link
      href={`/vms/${vm.id}`}
      title={`${vm.name}: ${vm.status}`}
      className="flex h-7 items-center gap-1.5 rounded-md border bg-surface px-1.5 hover:bg-hover"
    >
      <Icon name={vm.icon} className={cn("size-3.5", toneText[vm.tone])} />
      <span className="min-w-0 truncate font-mono text-2xs">{vm.name}</span>
      <span className="sr-only">{vm.status}</span>
    </Link>
  );
}

const nodeTypes = { system: SystemBox, service: ServiceBox };

function drawingOf({ system, services, words }: DrawnTopology): {
  nodes: (SystemNode | ServiceNode)[];
  edges: Edge[];
} {
  const places = placeServices(services);
  const boxes = services.flatMap((service, index): ServiceNode[] => {
    const place = places.services[index];
    if (place === undefined) return [];
    const position = { x: place.x, y: place.y };
    return [{ id: service.id, type: "service", position, data: { service, noVms: words.noVms } }];
  });
  const root: SystemNode = {
    id: "system",
    type: "system",
    position: { x: places.system.x, y: places.system.y },
    data: { name: system.name },
  };
  const edges = boxes.map(({ id }) => ({ id: `edge-${id}`, source: "system", target: id }));
  return { nodes: [root, ...boxes], edges };
}
