// Where a place lies: inside the council's area, and beside which road. Distances are in metres on a flat plane around
// the place, which is true to a thousandth over the few hundred metres asked about.

const METRES_A_DEGREE = 111320;

export function isInside(places, at) {
  const boundary = places.features.filter((feature) => feature.properties.kind === "boundary");
  return boundary.some((feature) => polygonsOf(feature.geometry).some((rings) => within(rings, at)));
}

export function nearestRoad(places, at) {
  const stretch = Math.cos((at.lat * Math.PI) / 180);
  const flat = ([lon, lat]) => [(lon - at.lng) * METRES_A_DEGREE * stretch, (lat - at.lat) * METRES_A_DEGREE];
  let best = null;
  for (const road of places.features) {
    if (road.properties.kind !== "road" || !road.properties.name) continue;
    const line = road.geometry.coordinates.map(flat);
    for (let i = 1; i < line.length; i += 1) {
      const metres = fromOrigin(line[i - 1], line[i]);
      if (!best || metres < best.metres) best = { metres, name: road.properties.name, town: road.properties.town };
    }
  }
  return best;
}

function fromOrigin([ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length ? Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length)) : 0;
  return Math.hypot(ax + share * dx, ay + share * dy);
}

function polygonsOf(geometry) {
  return geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
}

// A line from the place eastward crosses the outer ring an odd number of times, and each hole an even number.
function within(rings, at) {
  return rings.every((ring, index) => crossings(ring, at) % 2 === (index === 0 ? 1 : 0));
}

function crossings(ring, at) {
  let count = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    const spans = yi > at.lat !== yj > at.lat;
    if (spans && at.lng < ((xj - xi) * (at.lat - yi)) / (yj - yi) + xi) count += 1;
  }
  return count;
}
