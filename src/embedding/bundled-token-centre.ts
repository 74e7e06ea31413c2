/**
 * The fingerprint of the model that comes with Footnote, Xenova/all-MiniLM-L6-v2: the one whose centre is stored below.
 * Compare `Model.fingerprint`.
 */
export const BUNDLED_MODEL_FINGERPRINT = '446014bb8f34fd0e5a94c07e394e89b489247a83e19b2cfac66808b64767d7e9';

/**
 * The mean token vector of that model as base64: 384 float32 values, least significant byte first.
 *
 * Measured with `Embedder.measureCentre(CENTRE_SAMPLE)` on x86-64 (onnxruntime-node 1.14.0, one thread). Another CPU may round
 * the last digits differently; test/embedding/centre.test.ts measures it again and compares.
 *
 * Replace it whenever the bundled model or the sample changes. Indexes that already exist keep the centre they were built with:
 * it is stored in the index.
 */
export const BUNDLED_CENTRE_BASE64 = [
  '8WAqO2ANEzx+xIw88GNOPCkQLTucZzm7sBGSvA4yPTysjWy8DX9lu0etVDv0TNi73thjOVBMebxVpoe86nNIO1HrwLx+C0e8rcd+',
  'vNpSgryYgN47Yhmru0mtybqYwXE8GSlsO75mgDxrY0y8w+UZvMbqTzvpkAQ8oYnhu8mKtTw33+67m2V5OynZoLq7dhI7YGAOPKR3',
  'QrtSUZc7KQ70uwUqMjtU47o6aJPRunysmDmKAVW7wGPhO8A3RLsYlai7BgAxPHi6ATwJjs84dsJju0Dan7yFrsq7+Zj/upUiKTqQ',
  'LBe8OONAO5T+NLpz10A8DmWGuu2kzrvtqEW8vbkRPAm5ITy0fgq73qBouy7vdrzS4Fi8xfnPO8A2mjxfztM7y59HO18ljrzhcte6',
  'aWsVvGh2JzuLgtk583rsOyygHLv23pq8o1+au9wHKjqHIx48YoUdO4FoJ7zGa8E8oAt4uzy9Kjzdjbu67uBiuzcNOrxl2EA7GHSF',
  'PMeyDDyYqUk7VOeyOjo3FrvVp822igbnvDZ7mrou5vQ7TGwzO70NH7sq0DE52zrju7CXhbvROeQ5tUKGvKQ6QLxTNyK8cXibu2Jq',
  'nzz8MpI7wFuMu/iNFzxrwVs5yS0gO0P4Sbzxr/S7WtIdPH4wdTvl1U68gtSpOhFRs7y/2ec8S8BXO6b0iYlcUXw7PSGQvLYxVjus',
  '6FA8/y+NPGgAVry17Au83mZmuqxKJrxjdyu7GKLguslhlLxRvpq40PCPvJKk1Tp+coG8PVAPPOI9SLqDDwG6E0TCOmKhRDwIOyu7',
  '6IBQu3sLWbsbnNu7w54IPJj1LbzUU7o73CevO3mi0jtFUJ07nVPtusXAYbvhjrO7CgoZu4fgkToyrpQ80KERvAfI0Tq3M0A78Qka',
  'vBiNF7xOQbo6v2JOuwAXgzzDAyW84kZjOXS4gLqG4IU8itD5O5c2KTxD4g670kwjvKScqTtkyic8wiuoO/DWqDfUstA7Rf0kvIfz',
  'MDwYTn48lL7buwAlMDysIHM7+SX6O+07cTzxJ1K73nmOOclskrzfqF272EfEuwGDCLyNjo27l7efupRegbv/L6y6ODE0O2JmlLzu',
  'HA48PdbpOrrxPzzRoGU74PWlOzVAfDiy4J+7Hyrtu3rYFTzRkao6jMC4u3b2Azsrgiq81emqu7kHvTzr1yW8ivocPL0SVQj/GqG6',
  'PYstu2ii+LzXD986ClI6uzh5cbtGQIE65N61PC8rZbySAXc72mxbO1zMIryvYSG8urAePLmnBLyU7fM75CWsPAlM5TsDVLq7xac4',
  'PACnA7unO9A7tRozvLLQ5DsRO406VHwQPD4C1DsP7+u7kN6GvENpdbxJI/S7AHlDvMJotTpDnBC8GY/du8gcRjyQN6c7nio+vE1Z',
  'SbsBJAa8A6BOO+jlN7oV5Fg7OEuxOwPfEDp43987VtAoPL3uvju5HMI6c6D/ukbLCjxTXxi8bwNwPCwmujvMES+7PTQ8Oy6SmTuj',
  'XA67GCZsu6RLErrMPPm7kO67u/xAkbsS3GG6WTr9Ob1qHTy5EOe7enOqO0ehgTxFlye8oX6Vu8WH2jsmSxG8QUXLuwB3Czy1DSc8',
  'bl/mvPwBlrtMDRW8dhCVvKE1ZLutpgc5ao45u01TyDvl8i28yHrMvN8efzyUgZS8qoZePPIcOjwBBxs7tS9bvDX/bDsAaFw7WnOV',
  'O8tZmbJZTmk8YhlAOa9elTuVZi+6aNUnPCZTxLsh4yc825YyPNr9Yjv2yY07w7w0vGi4vjtgluK7gcIIO3C7Rjt/GrC7O2OYu9If',
  'c7sf/DW7lFRxvHhG6LuO+mC8kc/VO0YS/buIfBA7XUpTO9qn+TtaMj47t75dukuuILwvLtg6K8SWu3MEwrvZpqS7FI+lvDGdQDz3',
  'sP465nmLOl/Ek7meE7a8kbBZu5EmfDwxdPg5IeFgPE5K4Du64RQ79sycuz0nVrsfKAy5Nggyu36P87U//i88kDJPPBOrsDt16RS7',
  'r5FnvJJR5bp+8se7582ZvAJBDDt4LMW7qlHEOrllp7lKf448',
].join('');
