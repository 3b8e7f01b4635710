#include "policy/detail/source.h"

#include <algorithm>
#include <tuple>

#include "policy/detail/text.h"

namespace guanhu::policy::detail {

Source Source::of(std::string path, std::string_view text) {
  Source out;
  out.path = std::move(path);
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  for (std::string_view line : split_lines(text)) {
    out.lines.emplace_back(line);
    out.text.append(line).append("\n");
  }
  return out;
}

std::string Source::where(Place place) const {
  return path + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::string Source::excerpt(Place place) const {
  if (place.line < 1 || static_cast<size_t>(place.line) > lines.size()) return "";
  const std::string& line = lines[static_cast<size_t>(place.line) - 1];
  std::string below;
  int column = 1, carets = 0;
  for (size_t at = 0; at < line.size(); ++column) {
    char32_t c = next_code_point(line, at);
    if (column < place.column) below += c == '\t' ? "\t" : std::string(static_cast<size_t>(display_width(c)), ' ');
    else if (column < place.column + place.width) carets += display_width(c);
  }
  for (; column < place.column; ++column) below += ' ';  // behind the line's end
  return "  " + line + "\n  " + below + std::string(static_cast<size_t>(std::max(carets, 1)), '^') + "\n";
}

void Report::add(const Source& source, Place place, std::string code, std::string message, std::string hint) {
  if (source.taken_over_by)
    return add(*source.taken_over_by, {1, 1, 1}, "policy.pack.extends",
               "接过来的 " + source.path + ":" + std::to_string(place.line) + " 在这里算不了：" + message,
               "同名的参数、指标和得分要与被代替的一样用得上；" + hint);
  base::Error error{std::move(code), std::move(message), source.where(place), std::move(hint)};
  found_.push_back({source.path, place, std::move(error), source.excerpt(place)});
}

Problems Report::take() {
  std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
    return std::tie(a.path, a.place.line, a.place.column) < std::tie(b.path, b.place.line, b.place.column);
  });
  Problems out;
  for (Found& found : found_) {
    out.errors.push_back(std::move(found.error));
    out.excerpts.push_back(std::move(found.excerpt));
  }
  found_.clear();
  return out;
}

}  // namespace guanhu::policy::detail
