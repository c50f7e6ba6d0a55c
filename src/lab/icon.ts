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

/** A grid of which some fields are filled. */
export const coverageIcon = new LabIcon({
  name: 'backtrail:coverage',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M3 3h8v8H3zM13 13h8v8h-8z"/>
    <path fill-opacity=".55" d="M13 3h8v8h-8z"/>
    <path d="M3 13h8v8H3zm1.6 1.6v4.8h4.8v-4.8z" fill-rule="evenodd"/>
  </g>
</svg>`
});
