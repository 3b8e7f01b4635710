#include <algorithm>

#include "api/endpoint.h"
#include "api/long_work.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json parameter(const std::string& name, const char* in, bool required, const SchemaRef& schema,
               const std::string& text) {
  JsonObject out = {{"name", name}, {"in", in}, {"required", required}, {"schema", to_json_schema(schema)}};
  if (!text.empty()) out.emplace_back("description", text);
  return out;
}

void path_parameters(const std::string& path, JsonArray& out) {
  for (size_t at = path.find('{'); at != std::string::npos; at = path.find('{', at + 1))
    out.push_back(parameter(path.substr(at + 1, path.find('}', at) - at - 1), "path", true, text(), ""));
}

// What every list takes.
void list_parameters(const Endpoint& e, JsonArray& out) {
  out.push_back(parameter("page", "query", false, integer(), "from 1"));
  out.push_back(parameter("page_size", "query", false, integer(), "1 to 500, else 50"));
  if (e.sorts)
    out.push_back(parameter("sort", "query", false, text(), "names with - for descending: -total,name"));
  out.push_back(parameter("q", "query", false, text(), "free text"));
  out.push_back(parameter("fields", "query", false, text(), "only these members of each item"));
}

Json content(const char* type, Json schema) {
  return JsonObject{{type, JsonObject{{"schema", std::move(schema)}}}};
}

// A body that is no JSON: a file or a stream.
Json bytes(const std::string& type) {
  return JsonObject{{type, JsonObject{{"schema", JsonObject{{"type", "string"}}}}}};
}

Json responses(const Endpoint& e) {
  bool json = e.produces == "application/json";
  bool body = e.output || !json;
  JsonObject ok = {{"description", e.summary}};
  if (body)
    ok.emplace_back("content", json ? content("application/json", to_json_schema(e.output)) : bytes(e.produces));
  JsonObject refused = {
      {"description", "refused"},
      {"content", content("application/problem+json", JsonObject{{"$ref", "#/components/schemas/Problem"}})}};
  JsonObject out = {{std::to_string(body ? e.status : 204), std::move(ok)}};
  if (title_as_job(e))
    out.emplace_back(
        "202",
        JsonObject{{"description", "with as=job"},
                   {"content", content("application/json", JsonObject{{"$ref", "#/components/schemas/Job"}})}});
  out.emplace_back("default", std::move(refused));
  return out;
}

// "GET /scores/{holder}/trend" -> "get_scores_holder_trend"
std::string operation_id(const Endpoint& e) {
  std::string out;
  for (char c : e.method + e.path) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    else if (!out.empty() && out.back() != '_') out += '_';
  }
  if (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

Json operation(const Endpoint& e) {
  JsonArray parameters;
  path_parameters(e.path, parameters);
  for (const auto& p : e.parameters)
    parameters.push_back(parameter(p.name, "query", p.required, p.schema, p.description));
  if (e.list) list_parameters(e, parameters);
  if (title_as_job(e))
    parameters.push_back(parameter(kAs, "query", false, choice({"job"}), "done as a job: the answer is the job"));
  JsonObject out = {{"operationId", operation_id(e)}, {"summary", e.summary}};
  if (!parameters.empty()) out.emplace_back("parameters", std::move(parameters));
  bool json = e.accepts == "application/json";
  if (e.input || !json)
    out.emplace_back(
        "requestBody",
        JsonObject{{"required", true},
                   {"content", json ? content("application/json", to_json_schema(e.input)) : bytes(e.accepts)}});
  out.emplace_back("responses", responses(e));
  if (e.permission) out.emplace_back("x-permission", people::permission_name(*e.permission));
  if (e.access == Access::open) out.emplace_back("security", JsonArray{});
  return out;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

}  // namespace

Json openapi(const std::vector<Endpoint>& table, const Schemas& named) {
  JsonObject paths;
  for (const Endpoint& e : table) {
    auto at = std::find_if(paths.begin(), paths.end(), [&](const auto& p) { return p.first == e.path; });
    if (at == paths.end()) at = paths.insert(paths.end(), {e.path, JsonObject{}});
    at->second.as_object()->emplace_back(lower(e.method), operation(e));
  }
  JsonObject schemas;
  for (const auto& [name, schema] : named) schemas.emplace_back(name, to_json_schema(schema));
  JsonObject cookie = {{"type", "apiKey"}, {"in", "cookie"}, {"name", "guanhu"}};
  return JsonObject{
      {"openapi", "3.1.0"},
      {"info", JsonObject{{"title", "管户 Guanhu"},
                          {"version", "1"},
                          {"description",
                           "See docs/api.md. Every request but GET carries the session's csrf as x-csrf-token."}}},
      {"servers", JsonArray{Json(JsonObject{{"url", "/api/v1"}})}},
      {"paths", std::move(paths)},
      {"components", JsonObject{{"schemas", std::move(schemas)},
                                {"securitySchemes", JsonObject{{"session", std::move(cookie)}}}}},
      {"security", JsonArray{Json(JsonObject{{"session", JsonArray{}}})}}};
}

}  // namespace guanhu::api
