"use client";

import "@xyflow/react/dist/base.css";
import { Handle, Position, ReactFlow, type Edge, type Node, type NodeProps } from "@xyflow/react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { cn } from "@/components/ui/class-names";
import { stagesOf } from "@/lib/requests/workflows/rules";
import type { StepDefinition } from "@/lib/requests/workflows/schema";
import { useModeText, useStepName } from "./step-words";

type Drawn = Node<{ title: string; facts: string[]; kind: "end" | "step" | "conditional" }, "box">;

const across = 150;
const down = 104;

/** The steps as they follow each other; the form beside it says everything that is drawn here. */
export function WorkflowGraph({ steps }: { steps: readonly StepDefinition[] }) {
  const t = useTranslations("workflows.graph");
  const { nodes, edges } = useDrawing(steps);
  // Another number of steps is another drawing, which is fitted anew.
  const shape = nodes.map(({ id, position }) => `${id}:${position.x}:${position.y}`).join(" ");
  return (
    <div role="img" aria-label={t("label", { count: steps.length })} className="h-80 min-w-0">
      <ReactFlow
        key={shape}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        fitView
        fitViewOptions={{ padding: 0.12, maxZoom: 1 }}
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
      />
    </div>
  );
}

function StepBox({ data }: NodeProps<Drawn>) {
  return (
    <div
      className={cn(
        "grid w-32 gap-0.5 rounded-md border bg-surface px-2 py-1.5 text-center text-2xs text-ink-muted",
        data.kind === "end" && "rounded-full bg-sunken",
        data.kind === "conditional" && "border-dashed",
      )}
    >
      <Handle type="target" position={Position.Top} className="invisible" />
      <span className="truncate text-xs font-medium text-ink">{data.title}</span>
      {data.facts.map((fact) => (
        <span key={fact} className="truncate">
          {fact}
        </span>
      ))}
      <Handle type="source" position={Position.Bottom} className="invisible" />
    </div>
  );
}

const nodeTypes = { box: StepBox };

function useDrawing(steps: readonly StepDefinition[]): { nodes: Drawn[]; edges: Edge[] } {
  const t = useTranslations("workflows");
  const nameOf = useStepName();
  const modeText = useModeText();
  return useMemo(() => {
    const stages = stagesOf(steps);
    const rows = [...new Set(stages)].map((stage) =>
      steps.flatMap((step, index) => (stages[index] === stage ? [{ step, index }] : [])),
    );
    const boxes = rows.map((row, y) =>
      row.map(({ step, index }, x): Drawn => {
        const facts = [modeText(step)];
        if (step.timeoutHours !== null)
          facts.push(t(`graph.${step.onTimeout}`, { hours: step.timeoutHours }));
        return {
          id: `step-${index}`,
          type: "box",
          position: { x: (x - (row.length - 1) / 2) * across, y: (y + 1) * down },
          data: {
            title: nameOf({ name: step.name, position: index }),
            facts: step.condition === null ? facts : [t("graph.conditional"), ...facts],
            kind: step.condition === null ? "step" : "conditional",
          },
        };
      }),
    );
    const end = (id: string, title: string, y: number): Drawn => ({
      ...{ id, type: "box", position: { x: 0, y: y * down } },
      data: { title, facts: [], kind: "end" },
    });
    const layers = [
      [end("start", t("graph.start"), 0.25)],
      ...boxes,
      [end("end", t("graph.end"), rows.length + 1)],
    ];
    const edges = layers.flatMap((layer, index) =>
      (layers[index + 1] ?? []).flatMap((to) =>
        layer.map((from) => ({ id: `${from.id} ${to.id}`, source: from.id, target: to.id })),
      ),
    );
    return { nodes: layers.flat(), edges };
  }, [steps, t, nameOf, modeText]);
}
