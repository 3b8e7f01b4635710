// A visit as its stored body and as the API sends it: the same members.
#include "customers/visit.h"

#include "base/json_member.h"

namespace guanhu::customers {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

base::Date day(const Json& of, const char* member) {
  return base::Date::parse(text_in(of, member)).value_or(base::Date());
}
JsonArray list(const std::vector<std::string>& of) {
  JsonArray out;
  for (const auto& one : of) out.emplace_back(one);
  return out;
}

// Six digits after the point are a hand's breadth on the ground.
base::Decimal degrees(const Json& of, const char* member) {
  const Json* found = of.find(member);
  if (!found) return {};
  std::optional<base::Decimal> out;
  if (found->as_number()) out = *found->as_number();
  if (found->as_string()) out = base::Decimal::parse(*found->as_string());
  return out ? out->round(6, base::Rounding::half_even) : base::Decimal();
}

Position position_of(const Json* json) {
  Position out;
  if (!json || !json->as_object()) return out;
  if (auto state = text_in(*json, "state"); !state.empty()) out.state = state;
  if (out.state != "taken") return out;
  out.lat = degrees(*json, "lat"), out.lon = degrees(*json, "lon");
  out.accuracy = whole_in(*json, "accuracy"), out.at = text_in(*json, "at");
  return out;
}

VisitPhoto photo_of(const Json& json) {
  VisitPhoto out;
  out.digest = text_in(json, "digest"), out.original = text_in(json, "original");
  out.name = text_in(json, "name"), out.note = text_in(json, "note"), out.taken_at = text_in(json, "taken_at");
  out.position = position_of(json.find("position"));
  return out;
}

Json json_of(const VisitPhoto& of) {
  return JsonObject{{"digest", of.digest}, {"original", of.original}, {"name", of.name},
                    {"note", of.note},     {"taken_at", of.taken_at}, {"position", to_json(of.position)}};
}

}  // namespace

Json to_json(const Position& of) {
  if (of.state != "taken") return JsonObject{{"state", of.state}};
  return JsonObject{
      {"state", of.state}, {"lat", of.lat.str()}, {"lon", of.lon.str()}, {"accuracy", of.accuracy}, {"at", of.at}};
}

Visit visit_of(const Json& body) {
  Visit out;
  out.customers = texts_in(body, "customers"), out.place = text_in(body, "place");
  out.day = day(body, "day"), out.time = text_in(body, "time");
  out.purpose = text_in(body, "purpose"), out.method = text_in(body, "method");
  out.companions = texts_in(body, "companions"), out.with = text_in(body, "with"), out.ask = text_in(body, "ask");
  for (const Json& one : list_in(body, "todos"))
    if (one.as_number()) out.todos.push_back(one.as_number()->to_int64().value_or(0));
  out.started = text_in(body, "started"), out.ended = text_in(body, "ended");
  out.position = position_of(body.find("position"));
  out.findings = text_in(body, "findings"), out.checklist = text_in(body, "checklist");
  if (const Json* answers = body.find("answers"); answers && answers->as_object()) out.answers = *answers;
  for (const Json& one : list_in(body, "follow_ups"))
    out.follow_ups.push_back(
        {text_in(one, "id"), text_in(one, "text"), day(one, "due"), text_in(one, "assignee")});
  for (const Json& one : list_in(body, "photos")) out.photos.push_back(photo_of(one));
  out.reason = text_in(body, "reason");
  out.moved_from = whole_in(body, "moved_from"), out.moved_to = whole_in(body, "moved_to");
  if (const Json* device = body.find("device"); device && device->as_object()) out.device = *device;
  return out;
}

Visit visit_of(const records::Record& record) {
  Visit out = visit_of(record.body);
  out.title = record.title;
  if (record.day) out.day = *record.day;
  return out;
}

Json to_json(const Visit& of) {
  JsonArray todos, follow_ups, photos;
  for (int64_t one : of.todos) todos.emplace_back(one);
  for (const auto& one : of.follow_ups)
    follow_ups.push_back(
        JsonObject{{"id", one.id}, {"text", one.text}, {"due", one.due.str()}, {"assignee", one.assignee}});
  for (const auto& one : of.photos) photos.push_back(json_of(one));
  return JsonObject{{"customers", list(of.customers)},
                    {"place", of.place},
                    {"day", of.day.str()},
                    {"time", of.time},
                    {"purpose", of.purpose},
                    {"method", of.method},
                    {"companions", list(of.companions)},
                    {"with", of.with},
                    {"ask", of.ask},
                    {"todos", std::move(todos)},
                    {"started", of.started},
                    {"ended", of.ended},
                    {"position", to_json(of.position)},
                    {"findings", of.findings},
                    {"checklist", of.checklist},
                    {"answers", of.answers.is_null() ? Json(JsonObject{}) : of.answers},
                    {"follow_ups", std::move(follow_ups)},
                    {"photos", std::move(photos)},
                    {"reason", of.reason},
                    {"moved_from", of.moved_from},
                    {"moved_to", of.moved_to},
                    {"device", of.device}};
}

}  // namespace guanhu::customers
