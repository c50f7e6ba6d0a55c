import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon, fileIcon } from '@jupyterlab/ui-components';
import { useRef, useState, type CSSProperties, type JSX, type KeyboardEvent } from 'react';
import { formatBytes, formatTime } from '../format.js';
import { backtrailIcon } from '../icon.js';
import { Breakable } from '../shortened.js';
import { runTitle } from '../store/title.js';
import type { LineageModel } from './model.js';
import { visibleNodes, type ILineageNode } from './tree.js';

/** What can be done in a tree. */
export interface ITreeActions {
  readonly openRun: (run: string) => void;
  /** Shows the lineage of another run. */
  readonly openLineage: (run: string) => void;
  /** Asks which runs have to do with some bytes. */
  readonly which: (sha256: string) => void;
  readonly trans: TranslationBundle;
}

/**
 * Files and runs, each below what led to it.
 *
 * #### Notes
 * One line is reached by Tab, the others by the arrows; to the left closes, to the right opens, Enter
 * shows the run.
 */
export function Tree(
  props: ITreeActions & {
    readonly model: LineageModel;
    readonly nodes: readonly ILineageNode[];
    readonly label: string;
  }
): JSX.Element {
  const { model, nodes, label, openRun, which } = props;
  const lines = visibleNodes(nodes, key => model.isClosed(key));
  const [current, setCurrent] = useState(lines[0]?.node.key ?? '');
  const list = useRef<HTMLUListElement>(null);
  const at = Math.max(
    0,
    lines.findIndex(({ node }) => node.key === current)
  );

  const go = (to: number): void => {
    const line = lines[Math.min(Math.max(to, 0), lines.length - 1)];
    setCurrent(line.node.key);
    list.current?.querySelector<HTMLElement>(`[data-key="${line.node.key}"]`)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { node, level } = lines[at];
    const isOpen = node.children.length > 0 && !model.isClosed(node.key);
    if (event.target !== event.currentTarget && (event.target as Element).closest('button')) {
      return;
    }
    switch (event.key) {
      case 'ArrowDown':
        go(at + 1);
        break;
      case 'ArrowUp':
        go(at - 1);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(lines.length - 1);
        break;
      case 'ArrowRight':
        if (isOpen) {
          go(at + 1);
        } else if (node.children.length > 0) {
          model.toggle(node.key, false);
        }
        break;
      case 'ArrowLeft':
        if (isOpen) {
          model.toggle(node.key, true);
        } else if (level > 1) {
          go(lines.slice(0, at).findLastIndex(line => line.level < level));
        }
        break;
      case 'Enter':
        if (node.run) {
          openRun(node.run.id);
        } else if (node.sha256) {
          which(node.sha256);
        }
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <ul className="bt-Lineage-tree" role="tree" aria-label={label} ref={list}>
      {lines.map(({ node, level }, line) => (
        <li
          key={node.key}
          role="treeitem"
          className="bt-Lineage-item"
          data-key={node.key}
          aria-level={level}
          aria-expanded={node.children.length > 0 ? !model.isClosed(node.key) : undefined}
          style={{ '--bt-level': level - 1 } as CSSProperties}
          tabIndex={line === at ? 0 : -1}
          onFocus={() => setCurrent(node.key)}
          onKeyDown={onKeyDown}
        >
          <Toggle node={node} model={model} />
          <Node node={node} {...props} />
        </li>
      ))}
    </ul>
  );
}

/** Opens and closes by the mouse; the keys are those of the line. */
function Toggle({ node, model }: { node: ILineageNode; model: LineageModel }): JSX.Element {
  const Icon = model.isClosed(node.key) ? caretRightIcon : caretDownIcon;
  return (
    <span
      className="bt-Lineage-toggle"
      aria-hidden="true"
      onClick={() => node.children.length > 0 && model.toggle(node.key)}
    >
      {node.children.length > 0 && <Icon.react tag="span" width="14px" height="14px" />}
    </span>
  );
}

function Node(props: ITreeActions & { node: ILineageNode }): JSX.Element {
  const { node, trans, which } = props;
  const Icon = node.kind === 'file' ? fileIcon : backtrailIcon;
  return (
    <div className="bt-Lineage-node">
      <div className="bt-Lineage-what">
        <Icon.react tag="span" width="16px" height="16px" />
        {node.kind === 'file' ? (
          <>
            <span className="bt-Lineage-path">
              <Breakable text={node.path} />
            </span>
            {node.size !== null && <small>{formatBytes(node.size)}</small>}
            {node.sha256 ? (
              <button
                type="button"
                tabIndex={-1}
                className="bt-Link"
                title={trans.__(
                  'Which runs made these bytes, and which read them? %1',
                  node.sha256
                )}
                onClick={() => which(node.sha256!)}
              >
                <code>{node.sha256.slice(0, 8)}</code>
              </button>
            ) : (
              <small>{trans.__('content not kept track of')}</small>
            )}
          </>
        ) : (
          <RunLink {...props} />
        )}
      </div>
      <div className="bt-Lineage-how">{how(props)}</div>
    </div>
  );
}

/** How the file came to be, or how the run used it. */
function how(props: ITreeActions & { node: ILineageNode }): JSX.Element | string {
  const { node, trans } = props;
  const { run, cell, others, told, more, children } = node;
  const where = cell === null ? '' : trans.__('execution %1', cell);
  if (node.kind === 'run') {
    const again = told ? trans.__('what it made stands above') : '';
    const on = more ? trans.__('its own lineage goes on') : '';
    return [trans.__('read it as %1', node.path), where, startOf(node), again, on]
      .filter(Boolean)
      .join(' · ');
  }
  if (!run) {
    return node.key.startsWith('>')
      ? children.length > 0
        ? where && trans.__('written by %1', where)
        : trans.__('no run is known that read it')
      : trans.__('no run is known that wrote it');
  }
  const rest = [
    where,
    startOf(node),
    others > 0
      ? trans._n('%1 other run wrote the same', '%1 other runs wrote the same', others)
      : '',
    told ? trans.__('what it was made of stands above') : '',
    more ? trans.__('its own lineage goes on') : ''
  ].filter(Boolean);
  return (
    <>
      {trans.__('by')} <RunLink {...props} />
      {rest.length > 0 && ` · ${rest.join(' · ')}`}
    </>
  );
}

function startOf({ run }: ILineageNode): string {
  return run?.started ? formatTime(run.started) : '';
}

/** The run's name, which opens it; beside it, what shows its own lineage. */
function RunLink({
  node: { run },
  openRun,
  openLineage,
  trans
}: ITreeActions & { node: ILineageNode }): JSX.Element | null {
  return (
    run && (
      <>
        <button type="button" tabIndex={-1} className="bt-Link" onClick={() => openRun(run.id)}>
          {runTitle(run)}
        </button>
        <button
          type="button"
          tabIndex={-1}
          className="bt-Link bt-Lineage-further"
          title={trans.__('Show the lineage of %1', runTitle(run))}
          aria-label={trans.__('Show the lineage of %1', runTitle(run))}
          onClick={() => openLineage(run.id)}
        >
          <span aria-hidden="true">⇄</span>
        </button>
      </>
    )
  );
}
