package classify
import ("testing";"fmt")
func TestZZ(t *testing.T){
 for _,x:=range [][3]string{{"en","They called as they said they would.","T"},{"en","They rang as they said they would, and the mast has been dealt with.","Telvanta"},{"en","They rang me as they said they would.","T"},{"en","They never rang as they said they would.","T"},{"en","They said they would ring, but they did not ring as promised.","T"}}{
  in:=AnswerInput{Text:x[1],Brand:x[2],Lang:x[0],By:"author"}
  d:=newAnswerDoc(in,answerTableFor(x[0],x[1])); ev:=d.answerEvents(); r:=d.answerFold(ev)
  fmt.Println(x[1]); for _,e:=range ev{fmt.Printf("   %+v\n",e)}
  fmt.Printf("  rules %+v\n  out %+v\n",r,ReadAnswer(in))
  w:=answerModels()[x[0]]; fmt.Println(answerOrder, w.scores(d.answerSigns(ev,r)))
 }
}
