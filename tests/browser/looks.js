() => {
    // Marks one element of each look: text of one colour and size on one ground. axe judges its contrast once, and not
    // for every cell of a table. What is positioned has a ground of its own, since it may lie over something else.
    const grounds = new Map([[null, ""]]);
    const ground = element => {
        if (!grounds.has(element)) {
            const style = getComputedStyle(element);
            const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.position];
            const isSeenThrough = own.join() === "rgba(0, 0, 0, 0),none,1,none,static";
            const below = ground(element.parentElement);
            grounds.set(element, isSeenThrough ? below : [own, element.className.baseVal ?? element.className, below].join());
        }
        return grounds.get(element);
    };
    const hasWords = element =>
        "value" in element || [...element.childNodes].some(each => each.nodeType === Node.TEXT_NODE && each.data.trim());
    const looks = new Set();
    for (const element of document.body.querySelectorAll("*")) {
        if (!hasWords(element) || !element.checkVisibility({visibilityProperty: true})) continue;
        const style = getComputedStyle(element);
        const look = [style.color, style.fontSize, style.fontWeight, style.textShadow, element.localName, !!element.disabled,
            ground(element)].join();
        if (!looks.has(look)) element.setAttribute("data-judged", "");
        looks.add(look);
    }
}
