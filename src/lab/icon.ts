import { LabIcon } from '@jupyterlab/ui-components';

/** A trail of points that leads back to where it began. */
export const backtrailIcon = new LabIcon({
  name: 'backtrail:icon',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M8 3 2.5 8 8 13v-3.6h6.6a3.9 3.9 0 0 1 0 7.8H13v2.4h1.6a6.3 6.3 0 0 0 0-12.6H8z"/>
    <circle cx="9.6" cy="18.4" r="1.6"/><circle cx="5.1" cy="18.4" r="1.3"/>
  </g>
</svg>`
});
