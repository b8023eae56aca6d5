// The council's own map: drawn from its own data, no tiles from anywhere, so nobody else learns what is looked at.
// `data-map="choose"` fills two fields by press, drag, or Enter on the middle; `data-map="show"` shows the listed places.
// Leaflet is loaded before this by the page (components/map.html: map_scripts).
import { drawBase } from "./map-base.js";
import { nearestRoad, isInside } from "./map-measure.js";

const NEAR_ENOUGH = 25; // metres: said as "on" the road
const CLOSE_ZOOM = 16;

export function startMaps(root) {
  if (!window.L) return;
  for (const part of root.querySelectorAll("[data-map]")) startMap(part).catch((fault) => giveUp(part, fault));
}

// Without its data there is no map; the list and the words beside it do the same work.
function giveUp(part, fault) {
  console.warn("The map could not be drawn.", fault);
  part.querySelector("[data-map-live]").hidden = true;
}

async function startMap(part) {
  const answer = await fetch(part.dataset.places);
  if (!answer.ok) throw new Error(`The map's places could not be read: ${answer.status}`);
  const places = await answer.json();
  part.querySelector("[data-map-live]").hidden = false;
  const map = makeMap(part.querySelector("[data-map-stage]"), part.dataset.owner);
  const whole = drawBase(map, places);
  const bounds = showPlaces(map, part);
  map.setMaxBounds(whole.pad(0.25));
  openAt(map, part, bounds, whole);
  if (part.dataset.map === "choose") startChoosing(map, part, places);
}

function makeMap(stage, owner) {
  const map = window.L.map(stage, {
    preferCanvas: true,
    minZoom: 8,
    maxZoom: 18,
    zoomSnap: 0.25,
    zoomDelta: 1,
    scrollWheelZoom: false,
    zoomAnimation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  map.attributionControl.setPrefix(false).addAttribution(owner);
  window.L.control.scale({ imperial: true, metric: true }).addTo(map);
  // The wheel scrolls the page until somebody has gone into the map.
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  stage.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
  return map;
}

function openAt(map, part, bounds, whole) {
  const { lat, lon, zoom } = part.dataset;
  const chosen = readFields(part);
  if (chosen) map.setView(chosen, CLOSE_ZOOM);
  else if (lat && lon) map.setView([Number(lat), Number(lon)], Number(zoom) || 14);
  else if (bounds) map.fitBounds(bounds, { padding: [40, 40], maxZoom: CLOSE_ZOOM });
  else map.fitBounds(whole, { padding: [6, 6] });
}

// ---- Places in the list beside the map --------------------------------------------------------------------

function showPlaces(map, part) {
  const items = [...part.querySelectorAll("[data-map-place]")];
  const markers = items.map((item, index) => placeMarker(map, item, index + 1));
  return markers.length ? window.L.latLngBounds(markers.map((marker) => marker.getLatLng())) : null;
}

function placeMarker(map, item, number) {
  const name = item.querySelector(".fd-map__title").textContent;
  const icon = window.L.divIcon({
    className: `fd-pin fd-pin--${item.dataset.state === "done" ? "done" : "open"}`,
    html: String(number),
    iconSize: [28, 28],
    popupAnchor: [0, -12],
  });
  const at = [Number(item.dataset.lat), Number(item.dataset.lon)];
  const marker = window.L.marker(at, { icon, title: name, alt: name, keyboard: true, riseOnHover: true });
  marker.bindPopup(() => popupFor(item), { maxWidth: 260 });
  marker.addTo(map);
  item.addEventListener("mouseenter", () => marker.getElement()?.classList.add("fd-pin--lit"));
  item.addEventListener("mouseleave", () => marker.getElement()?.classList.remove("fd-pin--lit"));
  return marker;
}

// Built from nodes, never from text, so that nothing a customer wrote can become markup.
function popupFor(item) {
  const box = document.createElement("div");
  box.className = "fd-map__popup";
  for (const node of item.lastElementChild.children) box.append(node.cloneNode(true));
  return box;
}

// ---- Choosing a place --------------------------------------------------------------------------------------

function startChoosing(map, part, places) {
  const icon = window.L.divIcon({ className: "fd-chosen", html: PIN, iconSize: [36, 44], iconAnchor: [18, 43] });
  const marker = window.L.marker(map.getCenter(), { icon, draggable: true, keyboard: false, zIndexOffset: 1000 });

  function choose(at) {
    if (!isInside(places, at)) {
      say(part, part.dataset.saysOut);
      return;
    }
    marker.setLatLng(at).addTo(map);
    writeFields(part, at);
    say(part, wordsFor(part, nearestRoad(places, at)));
  }

  map.on("click", (event) => choose(event.latlng));
  marker.on("dragend", () => choose(marker.getLatLng()));
  onEnter(map, () => choose(map.getCenter()));
  part.querySelector("[data-map-middle]").addEventListener("click", () => choose(map.getCenter()));
  offerHere(map, part, choose);
  map.getContainer().classList.add("fd-map__stage--choose");
  const chosen = readFields(part);
  if (chosen) choose(window.L.latLng(chosen));
}

function onEnter(map, act) {
  const stage = map.getContainer();
  stage.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== stage) return;
    event.preventDefault(); // the form around the map must not be sent by it
    act();
  });
}

function offerHere(map, part, choose) {
  const button = part.querySelector("[data-map-here]");
  if (!("geolocation" in navigator) || !window.isSecureContext) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      (found) => {
        const at = window.L.latLng(found.coords.latitude, found.coords.longitude);
        map.setView(at, CLOSE_ZOOM);
        choose(at);
      },
      () => say(part, part.dataset.saysNone),
      { timeout: 10000, enableHighAccuracy: true },
    );
  });
}

function wordsFor(part, found) {
  if (!found) return "";
  const road = found.town ? `${found.name}, ${found.town}` : found.name;
  if (found.metres <= NEAR_ENOUGH) return part.dataset.saysOn.replace("ROAD", road);
  return part.dataset.saysNear.replace("METRES", String(Math.round(found.metres / 10) * 10)).replace("ROAD", road);
}

function say(part, words) {
  part.querySelector("[data-map-said]").textContent = words;
}

function readFields(part) {
  const lat = part.querySelector("[data-map-lat]")?.value;
  const lon = part.querySelector("[data-map-lon]")?.value;
  return lat && lon ? [Number(lat), Number(lon)] : null;
}

function writeFields(part, at) {
  part.querySelector("[data-map-lat]").value = at.lat.toFixed(6);
  part.querySelector("[data-map-lon]").value = at.lng.toFixed(6);
}

const PIN =
  '<svg viewBox="0 0 36 44" width="36" height="44" aria-hidden="true"><path class="fd-chosen__drop" d="M18 1.500A15.500 15.500 0 0 0 2.500 17C2.500 28 18 42.500 18 42.500S33.500 28 33.500 17A15.500 15.500 0 0 0 18 1.500z"/><circle class="fd-chosen__eye" cx="18" cy="17" r="6"/></svg>';
