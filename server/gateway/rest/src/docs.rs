//! The description of the API for people, written from the document itself when the process starts. No script.

use serde_json::Value;
use std::{fmt, fmt::Write as _};
use utoipa::openapi::OpenApi;

/// A page in English with the site's stylesheet and a small one of its own.
pub(crate) fn page(document: &OpenApi, stylesheet: &str) -> String {
    let document = serde_json::to_value(document).unwrap_or_default();
    let mut page = String::new();
    // Writing into a string does not fail.
    let _ = write_page(&mut page, &document, stylesheet);
    page
}

fn write_page(out: &mut String, document: &Value, stylesheet: &str) -> fmt::Result {
    let info = &document["info"];
    let (title, version) = (text(&info["title"]), text(&info["version"]));
    write!(
        out,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"{}\"><link rel=\"stylesheet\" href=\"/api/docs.css\"></head>\
         <body class=\"api-docs\"><header><p><a href=\"/\">Pasar</a></p><h1>{title} <small>{version}</small></h1></header>",
        escaped(stylesheet),
    )?;
    write_contents(out, document)?;
    out.push_str("<main><section id=\"introduction\">");
    write_paragraphs(out, &info["description"])?;
    out.push_str(
        "<p>For programs: <a href=\"/api/v1/openapi.json\">openapi.json</a> (OpenAPI 3.1).</p></section>",
    );
    for tag in list(&document["tags"]) {
        let name = text(&tag["name"]);
        write!(out, "<section><h2 id=\"tag-{name}\">{}</h2>", text(&tag["description"]))?;
        for (path, method, operation) in operations(document) {
            if list(&operation["tags"]).iter().any(|of| of == &tag["name"]) {
                write_operation(out, path, method, operation)?;
            }
        }
        out.push_str("</section>");
    }
    out.push_str("<section><h2 id=\"schemas\">Bodies</h2>");
    for (name, schema) in pairs(&document["components"]["schemas"]) {
        write_schema(out, name, schema)?;
    }
    out.push_str("</section></main></body></html>");
    Ok(())
}

fn write_contents(out: &mut String, document: &Value) -> fmt::Result {
    out.push_str("<nav aria-label=\"Contents\"><ul><li><a href=\"#introduction\">Introduction</a></li>");
    for (path, method, operation) in operations(document) {
        let (id, path) = (anchor(method, path), escaped(path));
        write!(
            out,
            "<li><a href=\"#{id}\" title=\"{}\"><code>{} {path}</code></a></li>",
            text(&operation["summary"]),
            method.to_uppercase()
        )?;
    }
    out.push_str("<li><a href=\"#schemas\">Bodies</a></li></ul></nav>");
    Ok(())
}

fn write_operation(out: &mut String, path: &str, method: &str, operation: &Value) -> fmt::Result {
    write!(
        out,
        "<article id=\"{}\"><h3>{}</h3><p class=\"api-address\"><span class=\"api-method\">{}</span> <code>{}</code></p>",
        anchor(method, path),
        text(&operation["summary"]),
        method.to_uppercase(),
        escaped(path),
    )?;
    write_paragraphs(out, &operation["description"])?;
    let parameters = list(&operation["parameters"]);
    if !parameters.is_empty() {
        out.push_str("<h4>Parameters</h4><dl>");
        for parameter in parameters {
            let need = if parameter["required"] == true { ", required" } else { "" };
            let (name, place) = (text(&parameter["name"]), text(&parameter["in"]));
            write!(out, "<dt><code>{name}</code> <span>{place}{need}, ")?;
            write_type(out, &parameter["schema"])?;
            write!(out, "</span></dt><dd>{}</dd>", text(&parameter["description"]))?;
        }
        out.push_str("</dl>");
    }
    if let Some((kind, body)) = pairs(&operation["requestBody"]["content"]).next() {
        write!(out, "<h4>Body</h4><p><code>{}</code> ", escaped(kind))?;
        write_type(out, &body["schema"])?;
        out.push_str("</p>");
    }
    out.push_str("<h4>Answers</h4><dl>");
    for (status, response) in pairs(&operation["responses"]) {
        let status = if status == "default" { "otherwise" } else { status };
        write!(out, "<dt><code>{}</code> <span>", escaped(status))?;
        if let Some((_, content)) = pairs(&response["content"]).next() {
            write_type(out, &content["schema"])?;
        }
        write!(out, "</span></dt><dd>{}</dd>", text(&response["description"]))?;
    }
    out.push_str("</dl></article>");
    Ok(())
}

fn write_schema(out: &mut String, name: &str, schema: &Value) -> fmt::Result {
    let name = escaped(name);
    write!(out, "<article id=\"schema-{name}\"><h3><code>{name}</code></h3>")?;
    write_paragraphs(out, &schema["description"])?;
    let properties: Vec<_> = pairs(&schema["properties"]).collect();
    if properties.is_empty() {
        out.push_str("<p>");
        write_type(out, schema)?;
        out.push_str("</p></article>");
        return Ok(());
    }
    out.push_str("<dl>");
    for (property, schema_of) in properties {
        let required = list(&schema["required"]).iter().any(|name| name == property);
        let need = if required { "" } else { ", may be absent" };
        write!(out, "<dt><code>{}</code> <span>", escaped(property))?;
        write_type(out, schema_of)?;
        write!(out, "{need}</span></dt><dd>{}</dd>", text(&schema_of["description"]))?;
    }
    out.push_str("</dl></article>");
    Ok(())
}

/// A type in a few words, linked where it has a name.
fn write_type(out: &mut String, schema: &Value) -> fmt::Result {
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.rsplit('/').next()) {
        let name = escaped(name);
        return write!(out, "<a href=\"#schema-{name}\"><code>{name}</code></a>");
    }
    let choices = ["oneOf", "anyOf", "allOf"].into_iter().flat_map(|key| list(&schema[key]));
    for (n, choice) in choices.enumerate() {
        out.push_str(if n == 0 { "" } else { " or " });
        write_type(out, choice)?;
    }
    let kinds = match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    };
    out.push_str(&escaped(&kinds));
    if let Some(format) = schema["format"].as_str() {
        write!(out, " ({})", escaped(format))?;
    }
    if !schema["items"].is_null() {
        out.push_str(" of ");
        write_type(out, &schema["items"])?;
    }
    let values: Vec<_> =
        list(&schema["enum"]).iter().map(|value| format!("<code>{}</code>", text(value))).collect();
    if !values.is_empty() {
        write!(out, ": {}", values.join(", "))?;
    }
    Ok(())
}

fn write_paragraphs(out: &mut String, of: &Value) -> fmt::Result {
    let paragraphs =
        of.as_str().unwrap_or_default().split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    for paragraph in paragraphs {
        write!(out, "<p>{}</p>", escaped(paragraph))?;
    }
    Ok(())
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    pairs(&document["paths"]).flat_map(|(path, item)| {
        let known = |(method, _): &(&str, &Value)| ["get", "post", "put", "patch", "delete"].contains(method);
        pairs(item).filter(known).map(move |(method, operation)| (path, method, operation))
    })
}

fn pairs(of: &Value) -> impl Iterator<Item = (&str, &Value)> {
    of.as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), value))
}

fn list(of: &Value) -> &[Value] {
    of.as_array().map_or(&[], Vec::as_slice)
}

/// `get-api-v1-orders-id`
fn anchor(method: &str, path: &str) -> String {
    let path = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    path.fold(method.to_owned(), |id, part| id + "-" + part)
}

fn text(of: &Value) -> String {
    of.as_str().map(escaped).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
