// Draws the council's land, water, greens, roads and names. Roads grow with the zoom, names come when there is room.

const LAND = { fill: "#f7f5ee", line: "#8d9c98" };
const GREENS = { moor: "#e3e2cf", wood: "#cfe0c6", woods: "#cfe0c6", park: "#d5ecc9" };
const WATER = "#a9d3e6";
// From the widest: line and edge colours, width at zoom 12 in pixels, and the zoom from which the class shows.
const ROADS = [
  { class: "U", fill: "#ffffff", edge: "#cfcbbf", width: 1.2, from: 12 },
  { class: "C", fill: "#ffffff", edge: "#c2bdae", width: 1.8, from: 10.5 },
  { class: "B", fill: "#fbe7a6", edge: "#c8ac55", width: 2.4, from: 9 },
  { class: "A", fill: "#f8c98a", edge: "#c0874a", width: 3, from: 8 },
  { class: "trunk", fill: "#8fc1a0", edge: "#4b7f5f", width: 3.6, from: 8 },
];
const NAME_FROM = { city: 8, town: 8.5, "large village": 10, village: 11.5, hamlet: 13 };
const NAME_TO = 15.5; // nearer than this one sees streets, and their names take over
const ROAD_NAMES_FROM = 15.5;
const MOST_ROAD_NAMES = 60;

export function drawBase(map, places) {
  const kinds = Map.groupBy ? Map.groupBy(places.features, kindOf) : groupBy(places.features, kindOf);
  const of = (kind) => kinds.get(kind) ?? [];
  addPane(map, "ground", 200);
  addPane(map, "roads", 300);
  addPane(map, "names", 450);
  const ground = window.L.canvas({ pane: "ground", padding: 0.3 });
  const land = area(of("boundary"), ground, { color: LAND.line, weight: 1.5, fillColor: LAND.fill, fillOpacity: 1 });
  land.addTo(map);
  area(of("green"), ground, (one) => ({ stroke: false, fillColor: GREENS[one.properties.green] ?? "#d9e7cd", fillOpacity: 1 })).addTo(map);
  area(of("water"), ground, { color: WATER, weight: 1, fillColor: WATER, fillOpacity: 1 }).addTo(map);
  area(of("district"), ground, { color: "#9a7fa6", weight: 1.2, dashArray: "6 4", fill: false }).addTo(map);
  area(of("rail"), ground, { color: "#7d8583", weight: 1.6, dashArray: "8 3", fill: false }).addTo(map);
  area(of("building"), ground, { color: "#c9c2b4", weight: 0.5, fillColor: "#ded7c8", fillOpacity: 1 }).addTo(map);
  drawRoads(map, of("road"));
  drawNames(map, of("place"));
  nameRoads(map, of("road"));
  return land.getBounds();
}

const kindOf = (feature) => feature.properties.kind;

function groupBy(list, key) {
  const groups = new Map();
  for (const one of list) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

function addPane(map, name, height) {
  const pane = map.createPane(name);
  pane.style.zIndex = String(height);
  pane.style.pointerEvents = "none";
}

function area(features, renderer, style) {
  return window.L.geoJSON(features, { style, renderer, interactive: false });
}

// ---- Roads ---------------------------------------------------------------------------------------------------

function drawRoads(map, roads) {
  const renderer = window.L.canvas({ pane: "roads", padding: 0.3 });
  const layers = [];
  // All edges first, then all fills, so that junctions are open.
  for (const part of ["edge", "fill"]) {
    for (const style of ROADS) {
      const these = roads.filter((road) => road.properties.class === style.class);
      const layer = area(these, renderer, { color: style[part], lineCap: "round", lineJoin: "round", weight: 1 });
      layers.push({ layer, style, part });
    }
  }
  const redraw = () => {
    const zoom = map.getZoom();
    for (const { layer, style, part } of layers) {
      const shown = zoom >= style.from;
      if (shown) layer.setStyle({ weight: widthAt(style.width, zoom) + (part === "edge" ? 1.6 : 0) });
      if (shown && !map.hasLayer(layer)) layer.addTo(map);
      if (!shown && map.hasLayer(layer)) layer.remove();
    }
    for (const { layer } of layers) if (map.hasLayer(layer)) layer.bringToFront();
  };
  map.on("zoomend", redraw);
  map.whenReady(redraw);
}

const widthAt = (width, zoom) => Math.max(0.8, width * 1.38 ** (zoom - 12));

// ---- Names ---------------------------------------------------------------------------------------------------

function drawNames(map, places) {
  const names = places.map((place) => {
    const [lon, lat] = place.geometry.coordinates;
    const { name, size } = place.properties;
    const icon = window.L.divIcon({ className: `fd-name fd-name--${size.replace(" ", "-")}`, html: "", iconSize: [0, 0] });
    const marker = window.L.marker([lat, lon], { icon, interactive: false, keyboard: false, pane: "names" });
    return { marker, from: NAME_FROM[size] ?? 11.5, name };
  });
  showByZoom(map, names);
}

function showByZoom(map, names) {
  const redraw = () => {
    for (const { marker, from, name } of names) {
      const shown = map.getZoom() >= from && map.getZoom() < NAME_TO;
      if (shown && !map.hasLayer(marker)) {
        marker.addTo(map);
        label(marker, name, 0);
      }
      if (!shown && map.hasLayer(marker)) marker.remove();
    }
  };
  map.on("zoomend", redraw);
  map.whenReady(redraw);
}

function label(marker, words, degrees) {
  const span = document.createElement("span");
  span.textContent = words;
  span.style.transform = `translate(-50%, -50%) rotate(${degrees}deg)`;
  marker.getElement().replaceChildren(span);
  marker.getElement().setAttribute("aria-hidden", "true");
}

function nameRoads(map, roads) {
  let shown = [];
  const redraw = () => {
    for (const marker of shown) marker.remove();
    shown = [];
    if (map.getZoom() < ROAD_NAMES_FROM) return;
    const view = map.getBounds();
    const named = roads.filter((road) => road.properties.name).map(middleOf).filter((one) => view.contains(one.at));
    const fitting = named.filter((one) => lengthOnScreen(map, one) > one.name.length * 6);
    shown = fitting.slice(0, MOST_ROAD_NAMES).map((one) => nameRoad(map, one));
  };
  map.on("moveend", redraw);
  map.whenReady(redraw);
}

function nameRoad(map, one) {
  const icon = window.L.divIcon({ className: "fd-name fd-name--road", html: "", iconSize: [0, 0] });
  const marker = window.L.marker(one.at, { icon, interactive: false, keyboard: false, pane: "names" }).addTo(map);
  const from = map.latLngToLayerPoint(one.from);
  const to = map.latLngToLayerPoint(one.to);
  const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  const upright = degrees > 90 ? degrees - 180 : degrees < -90 ? degrees + 180 : degrees;
  label(marker, one.name, upright);
  return marker;
}

// The longest straight piece of a road carries its name.
function middleOf(road) {
  const line = road.geometry.coordinates;
  let best = 1;
  const reach = (at) => Math.hypot((line[at][0] - line[at - 1][0]) * 0.57, line[at][1] - line[at - 1][1]);
  for (let at = 2; at < line.length; at += 1) if (reach(at) > reach(best)) best = at;
  const [from, to] = [line[best - 1], line[best]].map(([lon, lat]) => window.L.latLng(lat, lon));
  return { name: road.properties.name, from, to, at: window.L.latLng((from.lat + to.lat) / 2, (from.lng + to.lng) / 2) };
}

function lengthOnScreen(map, one) {
  return map.latLngToLayerPoint(one.from).distanceTo(map.latLngToLayerPoint(one.to));
}
