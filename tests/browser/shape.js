() => {
    // What axe can judge of a page: which elements are shown, in what order, with which roles and classes. Left out are
    // the words themselves (but not whether there are any) and what is shown twice in the same way.
    const own = new Set(
        "id for name value href src srcset action title alt placeholder style datetime content media nonce d points " +
        "transform x y x1 y1 x2 y2 cx cy width height maxlength pattern min max checked selected".split(" "));
    const landmarks = new Set("nav main aside section form header footer".split(" "));
    const attribute = (element, {name, value}) => {
        if (["for", "aria-labelledby", "aria-describedby", "aria-controls"].includes(name))
            return name + value.split(/\s+/).map(id => !!document.getElementById(id));
        if (name === "aria-label" && !landmarks.has(element.localName)) return name + !value.trim();
        return own.has(name) ? name + !value.trim() : `${name}=${value}`;
    };
    const shape = node => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? "words" : "";
        if (node.nodeType !== Node.ELEMENT_NODE || ["script", "style", "noscript"].includes(node.localName)) return "";
        if (node.localName !== "option" && !node.checkVisibility({visibilityProperty: true})) return "";
        const judged = [...node.attributes].filter(each => !each.name.startsWith("data-"));
        const attributes = judged.map(each => attribute(node, each)).sort();
        const inside = new Set([...node.childNodes].map(shape).filter(each => each));
        return `<${node.localName} ${attributes} ${node.labels?.length}>${[...inside].join("")}</>`;
    };
    const ids = [...document.querySelectorAll("[id]")].map(each => each.id);
    const parts = [...document.body.children].map(shape).join("");
    return [document.documentElement.lang, !document.title, ids.length - new Set(ids).size, parts].join(" ");
}
