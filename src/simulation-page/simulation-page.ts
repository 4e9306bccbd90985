/** The page of a simulation: today and its variants side by side, for people who decide. */
import { HATCH } from '../charts/drawing.js';
import { counted } from '../counted.js';
import { longDayText } from '../pages/figures.js';
import { type Html, html, isolated } from '../pages/html.js';
import { pageOf } from '../pages/page.js';
import { STATE_STYLES } from '../pages/state.js';
import { SHARED_STYLES } from '../pages/style.js';
import type { Simulation } from '../simulate/simulate.js';
import { aheadSection } from './ahead-section.js';
import { collectionsSection } from './collections-section.js';
import { type PageHead, type Source, sourceOf } from './columns.js';
import { comparisonSection } from './comparison-section.js';
import { forecastMark, forecastSection } from './forecast-section.js';
import { headlinesHtml } from './headline.js';
import { methodSection } from './method-section.js';
import { peopleSection } from './people-section.js';
import { quarterSection } from './quarter-section.js';
import { SIMULATION_STYLES } from './style.js';
import { whySection } from './why-section.js';

const STYLES = SHARED_STYLES + STATE_STYLES + SIMULATION_STYLES;

/**
 * The page, self-contained and without a script. The same inputs give the same bytes.
 *
 * @param simulation - what is shown; every figure on the page is from it
 * @param head - what the page is called, names of reps, and what financing and calls cost
 * @example simulationPage(simulation, { title: 'Commission, level by level', config: 'comp.yaml' }).toString()
 */
export function simulationPage(simulation: Simulation, head: PageHead): Html {
  const source = sourceOf(simulation, head);
  const forecast = simulation.forecast === undefined ? '' : ' (forecast)';
  const sections = [
    section(source, 'comparison', 'Side by side', comparisonSection(source)),
    section(source, 'quarters', 'Cost and cash by quarter', quarterSection(source)),
    section(source, 'ahead', 'Commission paid before its cash came', aheadSection(source)),
    section(source, 'people', 'What it means for reps', peopleSection(source)),
    section(source, 'collections', 'If customers had paid otherwise', collectionsSection(source)),
    section(source, 'forecast', 'What is expected', forecastSection(source)),
    section(source, 'why', whyTitle(head), whySection(source)),
    section(source, 'method', 'How it is computed', methodSection(source)),
  ];
  const body = html`<a class="skip" href="#main">Skip to the figures</a>
<header><h1>${head.title}</h1><p>${aboutHtml(source)}</p>${forecastMark(source)}</header>
<main id="main">
${headlinesHtml(source)}${HATCH}
${sections}</main>`;
  return pageOf({ title: `${head.title}, as of ${simulation.asOf}${forecast}`, styles: STYLES, body });
}

/** A section with its heading; nothing where there is nothing to show. */
function section(
  { simulation }: Source,
  id: string,
  title: Html | string,
  content: Html | undefined,
): Html | undefined {
  if (content === undefined) return undefined;
  const mark =
    simulation.forecast === undefined || id === 'method'
      ? undefined
      : html` <span class="mark">forecast</span>`;
  return html`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title}${mark}</h2>
${content}</section>\n`;
}

function whyTitle({ explain }: PageHead): Html {
  return explain === undefined ? html`Why it differs` : html`Why it differs for ${isolated(explain)}`;
}

function aboutHtml({ head, simulation, variants }: Source): Html {
  const company = head.company === undefined ? undefined : html`${isolated(head.company)} · `;
  const from =
    head.from === undefined
      ? undefined
      : html` · variants from bookings of <span class="nowrap">${longDayText(head.from)}</span> on`;
  const count = variants.length === 0 ? '' : `, today and ${counted(variants.length, 'variant')}`;
  return html`${company}Up to <span class="nowrap">${longDayText(simulation.asOf)}</span> · ${simulation.currency.code} · ${isolated(head.config)}${count}${from}`;
}
