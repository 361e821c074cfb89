// The plan: steps in order, with an address for every value.
#pragma once

#include <tenon/graph/arena.hpp>
#include <tenon/graph/steps.hpp>

namespace tenon {

/// A batch as the arena counts it: whatever a value takes for each sample, a whole number of 4 bytes, the next begins at a multiple of 64.
constexpr long counted_batch(long batch) { return (batch + 15) / 16 * 16; }

/// Where a value lies: in the arena of the call, or in what the caller gave. Bytes from the start of the space: fixed + counted x
/// counted_batch + scaled x batch. Space 0 is the arena, 1 + k argument k, 1 + arguments + k result k.
struct Place {
  int space = 0;
  long fixed = 0, counted = 0, scaled = 0;

  constexpr long at(long batch) const { return fixed + counted * counted_batch(batch) + scaled * batch; }
};

/// One call of a kernel: ranges of the plan's places (inputs, then outputs), extents and strides.
struct PlannedStep {
  int kernel = -1;
  int node = -1;
  int first_place = 0, inputs = 0, outputs = 0;
  int first_extent = 0, extents = 0;
  int first_stride = 0, strides = 0;
};

/// What a backend runs: a table of distinct kernels, the steps, and how much memory the values between them take.
struct Plan {
  List<long> words;         ///< the kernels' keys, one after the other
  List<int> kernel_starts;  ///< where each begins, and the end of the last
  List<PlannedStep> steps;
  List<Place> places;
  List<Extent> extents, strides;
  long arena_fixed = 0, arena_counted = 0;  ///< bytes: fixed + counted x counted_batch
};

namespace detail {

/// Gives every value a place: results where the caller wants them, the others in the arena for as long as they are needed.
class Planner {
 public:
  constexpr Planner(const NodeGraph& g, const List<Step>& steps)
      : g_(g), steps_(steps), first_(g.nodes.size(), -1), last_(g.nodes.size(), -1), place_(g.nodes.size()), placed_(g.nodes.size(), false) {}

  constexpr Plan run() {
    for (int s = 0; s < steps_.size(); ++s) {
      for (const View& in : steps_[s].in) last_[in.base] = s;
      for (const View& out : steps_[s].out) {
        if (first_[out.base] < 0) first_[out.base] = s;
        if (last_[out.base] < s) last_[out.base] = s;
      }
    }
    for (int k = 0; k < g_.arguments.size(); ++k) put(g_.arguments[k].node, {1 + k, 0, 0});
    for (const Port& result : g_.results)
      if (is_argument(storage_of(g_, result.node))) last_[storage_of(g_, result.node)] = steps_.size();  // copied at the end
    place_results();
    for (int s = 0; s < steps_.size(); ++s) {
      for (const View& out : steps_[s].out)
        if (!placed_[out.base]) place_in_arena(out.base, s);
      write(steps_[s]);
      for (const View& in : steps_[s].in) release(in.base, s);
      for (const View& out : steps_[s].out) release(out.base, s);
    }
    copy_results();
    plan_.kernel_starts.push_back(plan_.words.size());
    plan_.arena_fixed = fixed_.peak();
    plan_.arena_counted = counted_.peak();
    for (const int k : behind_) plan_.places[k].fixed += plan_.arena_fixed;
    return plan_;
  }

 private:
  static constexpr long alignment = 64;
  constexpr long size(int id) const {
    const Node& v = g_.nodes[id];
    const long unit = v.shape.batched() ? alignment / counted_batch(1) : alignment;
    return (v.shape.elements() * bytes_of(v.dtype) + unit - 1) / unit * unit;
  }
  constexpr void put(int id, Place place) { place_[id] = place, placed_[id] = true; }

  // A value that is a result is computed where the caller wants it, unless that is where an argument lies that is still read.
  constexpr void place_results() {
    for (int r = 0; r < g_.results.size(); ++r) {
      const int id = storage_of(g_, g_.results[r].node);
      if (placed_[id]) continue;
      if (g_.results[r].role == Role::update && !may_overwrite(r, id)) {
        last_[id] = steps_.size();
        continue;
      }
      put(id, {1 + g_.arguments.size() + r, 0, 0});
    }
  }
  constexpr bool is_argument(int id) const { return g_.nodes[id].op == Op::argument; }
  constexpr bool may_overwrite(int r, int id) const {
    for (const Port& argument : g_.arguments) {
      if (!updates(g_.results[r], argument)) continue;
      const int last = last_[argument.node];
      if (last > first_[id]) return false;
      if (last == first_[id] && !(steps_[last].in_place && walks_alike(steps_[last], argument.node, id))) return false;
    }
    return true;
  }
  // In a training step, update k is of weight k; in an optimizer's step, update 0 is of the parameter and update 1 + k of state k.
  constexpr bool updates(const Port& result, const Port& argument) const {
    if (argument.role == Role::input) return has_gradients() && result.index == 0;
    return argument.role == Role::weight && argument.index == result.index - (has_gradients() ? 1 : 0);
  }
  constexpr bool has_gradients() const {
    for (const Port& argument : g_.arguments)
      if (argument.role == Role::gradient) return true;
    return false;
  }

  constexpr void place_in_arena(int id, int s) {
    const bool batched = g_.nodes[id].shape.batched();
    if (steps_[s].in_place)
      for (const View& in : steps_[s].in) {  // an input that nobody reads any more, of the same shape and walked over in the same order
        const bool dies = last_[in.base] == s && placed_[in.base] && place_[in.base].space == 0 && !taken_over(in.base);
        if (!dies || g_.nodes[in.base].shape.batched() != batched || size(in.base) != size(id)) continue;
        if (bytes_of(g_.nodes[in.base].dtype) != bytes_of(g_.nodes[id].dtype)) continue;  // small values of different types may be of one size
        if (!walks_alike(steps_[s], in.base, id)) continue;
        put(id, place_[in.base]);
        inherited_.push_back(in.base);
        return;
      }
    put(id, take(id));
  }
  constexpr Place take(int id) {
    const bool batched = g_.nodes[id].shape.batched();
    Place place;
    (batched ? place.counted : place.fixed) = (batched ? counted_ : fixed_).take(size(id));
    return place;
  }
  constexpr bool taken_over(int id) const { return inherited_.find(id) >= 0; }
  /// Does the step read all of `base` in the order in which it writes `id`?
  constexpr bool walks_alike(const Step& step, int base, int id) const {
    const Shape& s = g_.nodes[id].shape;
    for (const View& in : step.in) {
      if (in.base != base) continue;
      if (in.fixed != 0 || in.scaled != 0) return false;
      for (int i = 0; i < s.rank; ++i)
        if (s.extent[i] != 1 && !(in.stride[i] == dense_stride(s, i))) return false;
    }
    return true;
  }
  constexpr void release(int id, int s) {
    if (last_[id] != s || !placed_[id] || place_[id].space != 0 || taken_over(id)) return;
    placed_[id] = false;
    const bool batched = g_.nodes[id].shape.batched();
    if (batched) counted_.give_back(place_[id].counted, size(id));
    else fixed_.give_back(place_[id].fixed, size(id));
  }

  constexpr void write(const Step& s) {
    PlannedStep p;
    p.kernel = kernel(s.key);
    p.node = s.node;
    p.first_place = plan_.places.size();
    p.inputs = s.in.size(), p.outputs = s.out.size();
    for (const View& in : s.in) write(in);
    for (const View& out : s.out) write(out);
    p.first_extent = plan_.extents.size(), p.extents = s.extents.size();
    for (const Extent& e : s.extents) plan_.extents.push_back(e);
    p.first_stride = plan_.strides.size(), p.strides = s.strides.size();
    for (const Extent& e : s.strides) plan_.strides.push_back(e);
    plan_.steps.push_back(p);
  }
  constexpr void write(const View& v) {
    Place p = place_[v.base];
    const long bytes = bytes_of(g_.nodes[v.base].dtype);
    p.fixed += v.fixed * bytes, p.scaled += v.scaled * bytes;
    write(p, v.base);
  }
  constexpr void write(const Place& p, int id) {
    if (p.space == 0 && g_.nodes[id].shape.batched()) behind_.push_back(plan_.places.size());
    plan_.places.push_back(p);
  }
  constexpr int kernel(const KernelKey& key) {
    long hash = 17;
    for (const long word : key) hash = (hash * 31 + word) & 0x3fffffff;
    for (int k = 0; k < hashes_.size(); ++k) {
      if (hashes_[k] != hash) continue;
      const int first = plan_.kernel_starts[k], last = k + 1 < plan_.kernel_starts.size() ? plan_.kernel_starts[k + 1] : plan_.words.size();
      bool equal = last - first == key.size();
      for (int i = 0; equal && i < key.size(); ++i) equal = plan_.words[first + i] == key[i];
      if (equal) return k;
    }
    plan_.kernel_starts.push_back(plan_.words.size());
    for (const long word : key) plan_.words.push_back(word);
    return hashes_.push_back(hash);
  }

  // Results that could not be computed in place: an argument itself, the same value as another result, a late update. Updates come
  // last, because they may overwrite what others copy; an argument that becomes another one's update is set aside before.
  constexpr void copy_results() {
    for (int r = 0; r < g_.results.size(); ++r)
      if (g_.results[r].role != Role::update) copy_result(r);
    for (const Port& result : g_.results) {
      const int id = storage_of(g_, result.node);
      if (result.role != Role::update || !is_argument(id) || place_[id].space == 0 || updates(result, g_.arguments[g_.nodes[id].axis])) continue;
      const Place aside = take(id);
      copy(id, aside);
      put(id, aside);
    }
    for (int r = 0; r < g_.results.size(); ++r)
      if (g_.results[r].role == Role::update) copy_result(r);
  }
  constexpr void copy_result(int r) {
    const int id = storage_of(g_, g_.results[r].node);
    const Place to{1 + g_.arguments.size() + r, 0, 0};
    if (place_[id].space != to.space) copy(id, to);
  }
  constexpr void copy(int id, const Place& to) {
    Step s;
    s.node = id;
    List<Access> loads;
    loads.push_back(Access::contiguous);
    Expression stored;
    stored.registers.push_back(0);
    s.key = map_key(1, false, loads, stored);
    s.extents.push_back(elements(g_.nodes[id].shape)), s.extents.push_back({1, true});
    s.strides.push_back({1, false}), s.strides.push_back({1, false});
    View v;
    v.base = id;
    s.in.push_back(v);
    write(s);
    plan_.steps.back().outputs = 1;
    write(to, id);
  }

  const NodeGraph& g_;
  const List<Step>& steps_;
  Plan plan_;
  List<int> first_, last_, inherited_;
  List<int> behind_;  // places in the part of the arena that grows with the batch: it begins where the other one ends
  List<long> hashes_;
  List<Place> place_;
  List<bool> placed_;
  Arena fixed_, counted_;
};

}  // namespace detail

/// Plans a graph: what runs, in which order, where every value lies. `steps` come from graph/steps.hpp.
constexpr Plan plan(const NodeGraph& g, const List<Step>& steps) { return detail::Planner(g, steps).run(); }

}  // namespace tenon
